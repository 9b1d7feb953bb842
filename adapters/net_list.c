/* The part of adapters/net.h that reads lists of hosts. */
#include <arpa/inet.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "adapters/net.h"

#define NET_LIST_BLANKS " \t,"

static bool net_bits_match(const unsigned char *a, const unsigned char *b, size_t bits)
{
    if (memcmp(a, b, bits / 8) != 0) {
        return false;
    }
    unsigned rest = (unsigned)(bits % 8);
    unsigned mask = 0xffU << (8 - rest) & 0xffU;
    return rest == 0 || (a[bits / 8] & mask) == (b[bits / 8] & mask);
}

/* An address against an address or a block, 10.0.0.0/8 or fd00::/8. */
static bool net_block_holds(const char *entry, const char *host)
{
    char address[NET_HOST_BYTES];
    unsigned char block[16], bytes[16];
    size_t length = strcspn(entry, "/");
    memcpy(address, entry, length);
    address[length] = '\0';
    for (int i = 0; i < 2; i++) {
        int family = i == 0 ? AF_INET : AF_INET6;
        if (inet_pton(family, address, block) != 1 ||
            inet_pton(family, host, bytes) != 1) {
            continue;
        }
        size_t most = family == AF_INET ? 32 : 128;
        size_t bits = most;
        if (entry[length] == '/') {
            bits = strtoul(entry + length + 1, NULL, 10);
        }
        return bits <= most && net_bits_match(block, bytes, bits);
    }
    return false;
}

/* A name holds itself and all names below it; a leading dot changes nothing. */
static bool net_name_holds(const char *entry, const char *host)
{
    entry += *entry == '.' ? 1 : 0;
    size_t entry_length = strlen(entry), host_length = strlen(host);
    if (entry_length == 0 || entry_length > host_length) {
        return false;
    }
    const char *tail = host + host_length - entry_length;
    return strcasecmp(tail, entry) == 0 && (tail == host || tail[-1] == '.');
}

bool net_list_holds(const char *list, const char *host)
{
    while (list != NULL && *list != '\0') {
        list += strspn(list, NET_LIST_BLANKS);
        size_t length = strcspn(list, NET_LIST_BLANKS);
        char entry[NET_HOST_BYTES] = {0};
        if (length < sizeof(entry)) {
            memcpy(entry, list, length);
        }
        if (strcmp(entry, "*") == 0 || net_block_holds(entry, host) ||
            net_name_holds(entry, host)) {
            return true;
        }
        list += length;
    }
    return false;
}
