#include <openssl/crypto.h>
#include <openssl/rand.h>
#include <openssl/ssl.h>

#include "base/log.h"
#include "base/mem.h"
#include "net/inside.h"

/* ANSSI, Recommandations de sécurité relatives à TLS v1.2 (2020), R8-R11: forward secrecy and
 * authenticated encryption only. */
static const char suites_1_2[] =
    "ECDHE-ECDSA-AES256-GCM-SHA384:ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-ECDSA-CHACHA20-POLY1305:"
    "ECDHE-RSA-AES256-GCM-SHA384:ECDHE-RSA-AES128-GCM-SHA256:ECDHE-RSA-CHACHA20-POLY1305";
static const char suites_1_3[] =
    "TLS_AES_256_GCM_SHA384:TLS_AES_128_GCM_SHA256:TLS_CHACHA20_POLY1305_SHA256";
/* Its curves, and signatures over SHA-2 alone. OpenSSL would take finite fields of 2,048 bits
 * too. */
static const char groups[] = "X25519:P-256:P-384:X448:P-521";
static const char signatures[] =
    "ECDSA+SHA256:ECDSA+SHA384:ECDSA+SHA512:ed25519:ed448:"
    "RSA-PSS+SHA256:RSA-PSS+SHA384:RSA-PSS+SHA512:RSA+SHA256:RSA+SHA384:RSA+SHA512";

enum { TICKET_KEY_BYTES = 80, TICKET_KEY_S = 43200 };

static const char *try_files(SSL_CTX *tls, const char *cert, const char *key)
{
    if (SSL_CTX_use_certificate_chain_file(tls, cert) != 1) {
        return "the certificate cannot be read";
    }
    if (SSL_CTX_use_PrivateKey_file(tls, key, SSL_FILETYPE_PEM) != 1) {
        return "the key cannot be read, or belongs to another certificate";
    }
    return SSL_CTX_check_private_key(tls) == 1 ? NULL : "the key belongs to another certificate";
}

const char *tls_problem(const char *cert, const char *key)
{
    SSL_CTX *tls = SSL_CTX_new(TLS_server_method());
    if (!tls) {
        return "OpenSSL does not start";
    }
    const char *problem = try_files(tls, cert, key);
    SSL_CTX_free(tls);
    return problem;
}

void tls_configure(struct lws_context_creation_info *info, const struct net_config *config)
{
    info->options |= LWS_SERVER_OPTION_DO_SSL_GLOBAL_INIT; /* without it: plain HTTP, in silence */
    info->ssl_cert_filepath = config->tls_cert;
    info->ssl_private_key_filepath = config->tls_key;
    info->ssl_cipher_list = suites_1_2;
    info->tls1_3_plus_cipher_list = suites_1_3;
    info->alpn = "http/1.1"; /* h2 is another, larger parser */
    info->ssl_options_set =
        (long)(SSL_OP_NO_SSLv3 | SSL_OP_NO_TLSv1 | SSL_OP_NO_TLSv1_1 | SSL_OP_NO_COMPRESSION |
               SSL_OP_NO_RENEGOTIATION | SSL_OP_CIPHER_SERVER_PREFERENCE);
}

/* Who came with a ticket comes back by it until the key is renewed; the key exchange is made anew
 * each time all the same (OpenSSL's default), so an old key opens no recorded traffic of TLS 1.3.
 */
static void renew_ticket_key(struct net *net)
{
    unsigned char key[TICKET_KEY_BYTES];
    if (RAND_bytes(key, sizeof key) == 1) {
        SSL_CTX_set_tlsext_ticket_keys(net->tls_made, key, sizeof key);
        net->ticket_key_s = net->now_s;
    }
    OPENSSL_cleanse(key, sizeof key);
}

/* An idle connection holds no buffers, and a session lives in its ticket alone: the store that
 * OpenSSL keeps beside holds 20,480 of them and is walked through every 255 handshakes. */
int tls_made(struct net *net, SSL_CTX *tls)
{
    net->tls_made = tls;
    SSL_CTX_set_mode(tls, SSL_MODE_RELEASE_BUFFERS);
    SSL_CTX_set_session_cache_mode(tls, SSL_SESS_CACHE_OFF);
    SSL_CTX_set_num_tickets(tls, 1);
    renew_ticket_key(net);
    bool restricted = SSL_CTX_set1_groups_list(tls, mem_unconst(groups)) == 1 &&
                      SSL_CTX_set1_sigalgs_list(tls, mem_unconst(signatures)) == 1;
    return restricted ? 0 : -1;
}

void tls_second(struct net *net)
{
    if (net->tls_made && net->now_s - net->ticket_key_s >= TICKET_KEY_S) {
        renew_ticket_key(net);
    }
}

void tls_reload(struct net *net)
{
    const char *cert = net->config.tls_cert, *key = net->config.tls_key;
    if (!net->tls || tls_problem(cert, key)) {
        log_event(LOG_TLS, LOG_W("result", net->tls ? "kept" : "none"));
        return;
    }
    int err = lws_tls_cert_updated(net->lws, cert, key, NULL, 0, NULL, 0);
    log_event(LOG_TLS, LOG_W("result", err ? "kept" : "loaded"));
}
