/*
 * The verdict of json_scan.h. Where jansson 2.14 (json_loadb with JSON_DECODE_ANY)
 * refuses what RFC 8259 allows, so does json_scan_is_valid: \u0000, in values and in
 * names (load.c: parse_value, parse_object); an escaped half of a surrogate pair
 * without the other (load.c: lex_scan_string); a whole number outside of int64_t,
 * though -0 is one (load.c: lex_scan_number); a number with fraction or exponent that
 * rounds to infinity; one that rounds to 0 is fine (strconv.c: jsonp_strtod).
 *
 * Two things differ. jansson takes 2048 levels. And it loses a NUL byte behind a number
 * or a literal ("0\0": the byte is put back, and then taken for an empty buffer,
 * load.c: stream_get); no NUL is valid here.
 */
#include "bot/base/json_scan.h"

#include <string.h>

#include "bot/base/json_real.h"

#define ONES              0x0101010101010101u
#define TOPS              0x8080808080808080u
#define FARTHEST_EXPONENT ((int64_t)1 << 40)

struct scan {
    const unsigned char *at, *end;
    size_t depth, max_depth;
    uint64_t *objects; /* one bit a level: an object, not an array */
    bool exact;        /* jansson's verdict, not only the grammar's */
};

enum scan_step { SCAN_BAD, SCAN_VALUE, SCAN_OPEN, SCAN_END };

static inline void blanks_skip(struct scan *scan)
{
    while (scan->at < scan->end && (*scan->at == ' ' || *scan->at == '\n' ||
                                    *scan->at == '\r' || *scan->at == '\t')) {
        scan->at++;
    }
}

/* The byte at the cursor; NUL, which begins nothing, at the end. */
static inline unsigned char scan_peek(const struct scan *scan)
{
    return scan->at < scan->end ? *scan->at : '\0';
}

/* The top bit of each byte that is none of plain ASCII: below blank, quote, backslash,
 * above DEL. */
static inline uint64_t plain_stops(uint64_t word)
{
    uint64_t quote = word ^ ONES * '"', slash = word ^ ONES * '\\';
    uint64_t low = (word - ONES * 0x20) & ~word;
    uint64_t hits = low | ((quote - ONES) & ~quote) | ((slash - ONES) & ~slash) | word;
    return hits & TOPS;
}

static inline bool byte_is_plain(unsigned char byte)
{
    return byte >= 0x20 && byte < 0x80 && byte != '"' && byte != '\\';
}

static inline void plain_skip(struct scan *scan)
{
    while (scan->end - scan->at >= 8) {
        uint64_t word = 0;
        memcpy(&word, scan->at, sizeof(word));
        if (plain_stops(word)) {
            break;
        }
        scan->at += 8;
    }
    while (scan->at < scan->end && byte_is_plain(*scan->at)) {
        scan->at++;
    }
}

/* One character of two to four bytes, by table 3-7 of Unicode. */
static bool rune_scan(struct scan *scan)
{
    const unsigned char *at = scan->at;
    unsigned char first = *at, least = 0x80, most = 0xBF;
    if (first < 0xC2 || first > 0xF4) {
        return false;
    }
    ptrdiff_t length = first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
    if (scan->end - at < length) {
        return false;
    }
    switch (first) {
    case 0xE0: least = 0xA0; break;
    case 0xED: most = 0x9F; break;
    case 0xF0: least = 0x90; break;
    case 0xF4: most = 0x8F; break;
    default: break;
    }
    bool is_good = at[1] >= least && at[1] <= most;
    for (ptrdiff_t i = 2; i < length; i++) {
        is_good = is_good && (at[i] & 0xC0) == 0x80;
    }
    scan->at = at + length;
    return is_good;
}

/* The four digits behind \u, or -1. */
static int32_t hex_scan(struct scan *scan)
{
    int32_t value = 0;
    if (scan->end - scan->at < 4) {
        return -1;
    }
    for (int i = 0; i < 4; i++) {
        unsigned char byte = *scan->at++;
        unsigned char lower = byte | 0x20;
        if (byte >= '0' && byte <= '9') {
            value = value * 16 + (byte - '0');
        } else if (lower >= 'a' && lower <= 'f') {
            value = value * 16 + (lower - 'a' + 10);
        } else {
            return -1;
        }
    }
    return value;
}

static bool unicode_scan(struct scan *scan)
{
    int32_t unit = hex_scan(scan);
    if (unit < 0 || !scan->exact) {
        return unit >= 0;
    }
    if (unit < 0xD800 || unit > 0xDFFF) {
        return unit != 0;
    }
    bool has_second =
        scan->end - scan->at >= 2 && scan->at[0] == '\\' && scan->at[1] == 'u';
    if (unit > 0xDBFF || !has_second) {
        return false;
    }
    scan->at += 2;
    unit = hex_scan(scan);
    return unit >= 0xDC00 && unit <= 0xDFFF;
}

/* The cursor is on the backslash. */
static bool escape_scan(struct scan *scan)
{
    scan->at++;
    unsigned char letter = scan_peek(scan);
    scan->at += scan->at < scan->end;
    switch (letter) {
    case '"':
    case '\\':
    case '/':
    case 'b':
    case 'f':
    case 'n':
    case 'r':
    case 't': return true;
    case 'u': return unicode_scan(scan);
    default: return false;
    }
}

/* The cursor is on the opening quote. */
static bool string_scan(struct scan *scan)
{
    scan->at++;
    for (;;) {
        plain_skip(scan);
        unsigned char byte = scan_peek(scan);
        if (byte == '"') {
            scan->at++;
            return true;
        }
        bool is_good = byte == '\\'   ? escape_scan(scan)
                       : byte >= 0x80 ? rune_scan(scan)
                                      : false;
        if (!is_good) {
            return false;
        }
    }
}

static inline size_t digits_skip(struct scan *scan)
{
    const unsigned char *from = scan->at;
    while (scan->at < scan->end && *scan->at >= '0' && *scan->at <= '9') {
        scan->at++;
    }
    return (size_t)(scan->at - from);
}

static bool integer_fits(const unsigned char *digits, size_t count, bool is_negative)
{
    static const char most[] = "9223372036854775807", least[] = "9223372036854775808";
    const size_t longest = sizeof(most) - 1;
    if (count != longest) {
        return count < longest;
    }
    return memcmp(digits, is_negative ? least : most, longest) <= 0;
}

/* The exponent behind e or E, held within what any mantissa could make up for. */
static bool exponent_scan(struct scan *scan, int64_t *exponent)
{
    scan->at++;
    unsigned char sign = scan_peek(scan);
    scan->at += sign == '+' || sign == '-';
    const unsigned char *digit = scan->at;
    if (digits_skip(scan) == 0) {
        return false;
    }
    int64_t value = 0;
    for (; digit < scan->at && value < FARTHEST_EXPONENT; digit++) {
        value = value * 10 + (*digit - '0');
    }
    *exponent = sign == '-' ? -value : value;
    return true;
}

static bool number_scan(struct scan *scan)
{
    bool is_negative = *scan->at == '-';
    scan->at += is_negative;
    const unsigned char *mantissa = scan->at;
    size_t whole_count = digits_skip(scan);
    if (whole_count == 0 || (whole_count > 1 && *mantissa == '0')) {
        return false;
    }
    bool is_whole = true;
    if (scan_peek(scan) == '.') {
        scan->at++;
        is_whole = false;
        if (digits_skip(scan) == 0) {
            return false;
        }
    }
    const unsigned char *end = scan->at;
    int64_t exponent = 0;
    if ((scan_peek(scan) | 0x20) == 'e') {
        is_whole = false;
        if (!exponent_scan(scan, &exponent)) {
            return false;
        }
    }
    if (!scan->exact) {
        return true;
    }
    return is_whole ? integer_fits(mantissa, whole_count, is_negative)
                    : !json_real_is_infinite(mantissa, end, whole_count, exponent);
}

static bool literal_scan(struct scan *scan, const char *literal, size_t length)
{
    if ((size_t)(scan->end - scan->at) < length ||
        memcmp(scan->at, literal, length) != 0) {
        return false;
    }
    scan->at += length;
    return true;
}

static bool name_scan(struct scan *scan)
{
    blanks_skip(scan);
    if (scan_peek(scan) != '"' || !string_scan(scan)) {
        return false;
    }
    blanks_skip(scan);
    if (scan_peek(scan) != ':') {
        return false;
    }
    scan->at++;
    return true;
}

static enum scan_step container_open(struct scan *scan, bool is_object)
{
    scan->at++;
    blanks_skip(scan);
    if (scan_peek(scan) == (is_object ? '}' : ']')) {
        scan->at++;
        return scan->depth < scan->max_depth ? SCAN_VALUE : SCAN_BAD;
    }
    if (scan->depth >= scan->max_depth) {
        return SCAN_BAD;
    }
    uint64_t bit = (uint64_t)1 << scan->depth % 64;
    uint64_t *bits = &scan->objects[scan->depth / 64];
    uint64_t below = bit == 1 ? 0 : *bits; /* of a word just entered nothing is set */
    *bits = is_object ? below | bit : below & ~bit;
    scan->depth++;
    return !is_object || name_scan(scan) ? SCAN_OPEN : SCAN_BAD;
}

static inline enum scan_step step_of(bool is_good)
{
    return is_good ? SCAN_VALUE : SCAN_BAD;
}

/* Reads a scalar or an empty container (SCAN_VALUE), or the start of a full one
 * (SCAN_OPEN). */
static enum scan_step value_scan(struct scan *scan)
{
    blanks_skip(scan);
    switch (scan_peek(scan)) {
    case '"': return step_of(string_scan(scan));
    case '{': return container_open(scan, true);
    case '[': return container_open(scan, false);
    case 't': return step_of(literal_scan(scan, "true", 4));
    case 'f': return step_of(literal_scan(scan, "false", 5));
    case 'n': return step_of(literal_scan(scan, "null", 4));
    case '-':
    case '0':
    case '1':
    case '2':
    case '3':
    case '4':
    case '5':
    case '6':
    case '7':
    case '8':
    case '9': return step_of(number_scan(scan));
    default: return SCAN_BAD;
    }
}

/* Behind a value: closes what ends here, up to the next value (SCAN_OPEN) or the end of
 * all. */
static enum scan_step value_leave(struct scan *scan)
{
    while (scan->depth > 0) {
        size_t level = scan->depth - 1;
        bool is_object = scan->objects[level / 64] >> level % 64 & 1;
        blanks_skip(scan);
        unsigned char byte = scan_peek(scan);
        scan->at += scan->at < scan->end;
        if (byte == ',') {
            return !is_object || name_scan(scan) ? SCAN_OPEN : SCAN_BAD;
        }
        if (byte != (is_object ? '}' : ']')) {
            return SCAN_BAD;
        }
        scan->depth--;
    }
    return SCAN_END;
}

static bool scan_all(struct scan *scan)
{
    enum scan_step step = SCAN_OPEN;
    while (step == SCAN_OPEN) {
        step = value_scan(scan);
        if (step == SCAN_VALUE) {
            step = value_leave(scan);
        }
    }
    if (step != SCAN_END) {
        return false;
    }
    blanks_skip(scan);
    return scan->at == scan->end;
}

bool json_scan_is_valid(const char *bytes, size_t length_bytes)
{
    uint64_t objects[(JSON_SCAN_DEPTH + 63) / 64];
    const unsigned char *at = (const unsigned char *)bytes;
    struct scan scan = {.at = at,
                        .end = at + length_bytes,
                        .max_depth = JSON_SCAN_DEPTH,
                        .objects = objects,
                        .exact = true};
    return length_bytes > 0 && scan_all(&scan);
}

bool json_scan_is_sound(const char *bytes, size_t length_bytes)
{
    uint64_t objects[JSON_SCAN_SOUND_DEPTH / 64];
    const unsigned char *at = (const unsigned char *)bytes;
    struct scan scan = {.at = at,
                        .end = at + length_bytes,
                        .max_depth = JSON_SCAN_SOUND_DEPTH,
                        .objects = objects};
    return length_bytes > 0 && scan_all(&scan);
}
