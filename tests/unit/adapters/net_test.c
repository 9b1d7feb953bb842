#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "adapters/net.h"

static void expect_url(const char *text, const char *host, unsigned port,
                       const char *path)
{
    struct net_url url;
    struct err err;
    assert_true(net_url_parse(text, &url, &err));
    assert_string_equal(url.host, host);
    assert_int_equal(url.port, port);
    assert_string_equal(url.path, path);
}

static void net__reads_a_url(void **state)
{
    (void)state;
    expect_url("https://slack.com/api/auth.test", "slack.com", 443, "/api/auth.test");
    expect_url("wss://wss-primary.slack.com/link/?ticket=1&app_id=2",
               "wss-primary.slack.com", 443, "/link/?ticket=1&app_id=2");
    expect_url("HTTPS://a.example:8443", "a.example", 8443, "/");
    expect_url("http://127.0.0.1:3310/api/", "127.0.0.1", 3310, "/api/");
    expect_url("ws://localhost/x", "localhost", 80, "/x");
    expect_url("http://[::1]:8080/x", "::1", 8080, "/x");
    expect_url("https://[2001:db8::1]/x", "2001:db8::1", 443, "/x");
}

static void expect_no_url(const char *text, enum err_kind kind)
{
    struct net_url url;
    struct err err = {0};
    assert_false(net_url_parse(text, &url, &err));
    assert_int_equal(err.kind, kind);
    assert_null(strstr(err.text, "secret"));
}

static void net__refuses_a_url_that_makes_no_sense(void **state)
{
    static const char *const urls[] = {
        "",
        "slack.com/secret",
        "ftp://a.example/secret",
        "https://",
        "https:///secret",
        "https://a.example:0/secret",
        "https://a.example:65536/secret",
        "https://a.example:99999999999999999999/secret",
        "https://a.example:8x/secret",
        "https://a.example:/secret",
        "https://[::1/secret",
        "https://[::1]x/secret",
        "https://me:secret@a.example/",
        "https://a.example?secret",
        "https://a.example/secret line",
        "https://a.example/secret\r\nHost: b.example",
        "https://a,b.example/secret",
        "https://caf\xc3\xa9.example/secret",
    };
    (void)state;
    for (size_t i = 0; i < sizeof(urls) / sizeof(urls[0]); i++) {
        expect_no_url(urls[i], ERR_BROKEN);
    }
    char url[400];
    (void)snprintf(url, sizeof(url), "https://%0300d", 0);
    expect_no_url(url, ERR_BROKEN);
}

static void net__lets_plain_text_only_to_this_machine(void **state)
{
    (void)state;
    expect_no_url("http://a.example/secret", ERR_DENIED);
    expect_no_url("ws://10.0.0.1/secret", ERR_DENIED);
    expect_no_url("http://[2001:db8::1]/secret", ERR_DENIED);
    expect_no_url("http://127.0.0.1.a.example/secret", ERR_DENIED);
    expect_no_url("http://localhost.a.example/secret", ERR_DENIED);
    assert_true(net_host_is_loopback("127.9.9.9"));
    assert_true(net_host_is_loopback("LocalHost"));
    assert_true(net_host_is_loopback("::1"));
    assert_false(net_host_is_loopback("::2"));
    assert_false(net_host_is_loopback("128.0.0.1"));
}

static void net__knows_who_is_on_a_list(void **state)
{
    (void)state;
    assert_true(net_list_holds("*", "a.example"));
    assert_true(net_list_holds("b.example, a.example", "a.example"));
    assert_true(net_list_holds("example", "a.EXAMPLE"));
    assert_true(net_list_holds(".example", "a.example"));
    assert_true(net_list_holds("10.1.2.3", "10.1.2.3"));
    assert_true(net_list_holds("x 10.0.0.0/8", "10.1.2.3"));
    assert_true(net_list_holds("10.1.2.0/23", "10.1.3.9"));
    assert_true(net_list_holds("fd00::/8", "fd12::1"));
    assert_false(net_list_holds("10.1.2.0/23", "10.1.4.9"));
    assert_false(net_list_holds("10.0.0.0/33", "10.0.0.0"));
    assert_false(net_list_holds("0.0.0.0/0", "fd12::1"));
    assert_false(net_list_holds("xample", "a.example"));
    assert_false(net_list_holds("a.example", "example"));
    assert_false(net_list_holds("", "a.example"));
    assert_false(net_list_holds(" , ", "a.example"));
    assert_false(net_list_holds(NULL, "a.example"));
}

static enum net_way find_way(const struct net_settings *settings, const char *text,
                             struct net_proxy *proxy)
{
    struct net_url url;
    struct err err;
    assert_true(net_url_parse(text, &url, &err));
    return net_way_find(settings, &url, proxy, &err);
}

static void net__reads_a_proxy(void **state)
{
    struct net_proxy proxy;
    struct net_settings settings = {.proxy = "http://me:p%40s%3as@proxy.example:3128/",
                                    .no_proxy = "direct.example"};
    (void)state;
    assert_int_equal(find_way(&settings, "https://a.example/", &proxy), NET_BY_PROXY);
    assert_string_equal(proxy.host, "proxy.example");
    assert_int_equal(proxy.port, 3128);
    assert_string_equal(proxy.login, "me:p@s:s");
    assert_true(proxy.is_plain);
    assert_int_equal(find_way(&settings, "wss://x.direct.example/", &proxy),
                     NET_DIRECT);
    assert_int_equal(find_way(&settings, "http://127.0.0.1/", &proxy), NET_DIRECT);
    settings.proxy = "proxy.example";
    assert_int_equal(find_way(&settings, "https://a.example/", &proxy), NET_BY_PROXY);
    assert_int_equal(proxy.port, 1080);
    assert_string_equal(proxy.login, "");
    settings.proxy = "socks5://proxy.example";
    assert_int_equal(find_way(&settings, "https://a.example/", &proxy), NET_BY_PROXY);
    assert_false(proxy.is_plain);
    settings.proxy = "http://proxy.example:port";
    assert_int_equal(find_way(&settings, "https://a.example/", &proxy), NET_NOWHERE);
    settings.proxy = "http://me%00:x@proxy.example";
    assert_int_equal(find_way(&settings, "https://a.example/", &proxy), NET_NOWHERE);
}

static void net__takes_the_proxy_of_the_environment(void **state)
{
    struct net_proxy proxy;
    struct net_settings settings = {0};
    (void)state;
    unsetenv("https_proxy");
    unsetenv("HTTPS_PROXY");
    unsetenv("no_proxy");
    unsetenv("NO_PROXY");
    setenv("http_proxy", "http://other.example:1", 1);
    setenv("all_proxy", "http://all.example:1", 1);
    assert_int_equal(find_way(&settings, "https://a.example/", &proxy), NET_BY_PROXY);
    assert_string_equal(proxy.host, "all.example");
    setenv("https_proxy", "http://secure.example:1", 1);
    assert_int_equal(find_way(&settings, "https://a.example/", &proxy), NET_BY_PROXY);
    assert_string_equal(proxy.host, "secure.example");
    setenv("NO_PROXY", "a.example", 1);
    assert_int_equal(find_way(&settings, "https://a.example/", &proxy), NET_DIRECT);
    settings.no_proxy = "";
    assert_int_equal(find_way(&settings, "https://a.example/", &proxy), NET_BY_PROXY);
    settings.proxy = "";
    assert_int_equal(find_way(&settings, "https://a.example/", &proxy), NET_DIRECT);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(net__reads_a_url),
        cmocka_unit_test(net__refuses_a_url_that_makes_no_sense),
        cmocka_unit_test(net__lets_plain_text_only_to_this_machine),
        cmocka_unit_test(net__knows_who_is_on_a_list),
        cmocka_unit_test(net__reads_a_proxy),
        cmocka_unit_test(net__takes_the_proxy_of_the_environment),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
