#pragma once
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include <cbor.h>
#include <fido.h>
#include <fido/es256.h>
#include <fido/rs256.h>

/* What a parser would make of CBOR, told without making it. */
struct martlet_cbor_claims {
    size_t elements, containers;
    bool is_odd;
};

static inline void martlet_cbor_on_array(void *context, size_t size) {
    struct martlet_cbor_claims *claims = context;
    claims->containers++;
    if (__builtin_add_overflow(claims->elements, size, &claims->elements)) claims->is_odd = true;
}

static inline void martlet_cbor_on_map(void *context, size_t size) {
    martlet_cbor_on_array(context, size);
    struct martlet_cbor_claims *claims = context;
    if (__builtin_add_overflow(claims->elements, size, &claims->elements)) claims->is_odd = true;
}

static inline void martlet_cbor_on_odd(void *context) { ((struct martlet_cbor_claims *)context)->is_odd = true; }

static inline void martlet_cbor_on_tag(void *context, uint64_t tag) {
    (void)tag;
    martlet_cbor_on_odd(context);
}

/* Whether the bytes are CBOR that costs no more to parse than their size allows: libcbor clears room for as many elements
 * as five bytes claim, which are up to 2^32 of them, and recurses into what is nested. Authenticators send neither tags nor
 * what has no definite length (CTAP2's canonical form). */
static inline bool martlet_cbor_is_modest(const unsigned char *bytes, size_t size) {
    struct cbor_callbacks callbacks = cbor_empty_callbacks;
    callbacks.array_start = martlet_cbor_on_array;
    callbacks.map_start = martlet_cbor_on_map;
    callbacks.indef_array_start = martlet_cbor_on_odd;
    callbacks.indef_map_start = martlet_cbor_on_odd;
    callbacks.byte_string_start = martlet_cbor_on_odd;
    callbacks.string_start = martlet_cbor_on_odd;
    callbacks.tag = martlet_cbor_on_tag;
    struct martlet_cbor_claims claims = {0, 0, false};
    size_t place = 0;
    while (place < size) {
        struct cbor_decoder_result result = cbor_stream_decode(bytes + place, size - place, &callbacks, &claims);
        if (result.status != CBOR_DECODER_FINISHED || result.read == 0) return false;
        if (claims.is_odd || claims.elements > size || claims.containers > 32) return false;
        place += result.read;
    }
    return true;
}

/* The same of an authenticator's data (WebAuthn section 6.1), whose CBOR begins behind what has a fixed place. */
static inline bool martlet_authdata_is_modest(const unsigned char *data, size_t size) {
    const size_t fixed = 37, head = 18;
    if (size < fixed) return false;
    size_t place = fixed;
    if (data[32] & CTAP_AUTHDATA_ATT_CRED) {
        if (size < fixed + head) return false;
        place += head + ((size_t)data[fixed + 16] << 8 | data[fixed + 17]);
    }
    return place <= size && martlet_cbor_is_modest(data + place, size - place);
}

/* libfido2 takes an attestation object as a whole only from its version 1.14 on; before, the parser that it uses itself
 * splits it. */

static inline bool martlet_cbor_key_is(const struct cbor_pair *pair, const char *name) {
    return cbor_isa_string(pair->key) && cbor_string_is_definite(pair->key)
        && cbor_string_length(pair->key) == strlen(name)
        && memcmp(cbor_string_handle(pair->key), name, strlen(name)) == 0;
}

/* Gives a credential of that algorithm (COSE) the authenticator's data and statement; returns libfido2's code. */
static inline int martlet_cred_set_attestation(fido_cred_t *credential, int algorithm, const unsigned char *object,
                                               size_t size) {
    if (!martlet_cbor_is_modest(object, size)) return FIDO_ERR_INVALID_CBOR;
    struct cbor_load_result result;
    cbor_item_t *map = cbor_load(object, size, &result);
    if (map == NULL) return FIDO_ERR_INVALID_CBOR;
    int code = FIDO_ERR_INVALID_CBOR;
    cbor_item_t *format = NULL, *data = NULL, *statement = NULL;
    if (result.read != size || !cbor_isa_map(map) || !cbor_map_is_definite(map) || cbor_map_size(map) != 3) goto end;
    for (size_t index = 0; index < 3; index++) {
        const struct cbor_pair *pair = &cbor_map_handle(map)[index];
        if (martlet_cbor_key_is(pair, "fmt")) format = pair->value;
        if (martlet_cbor_key_is(pair, "authData")) data = pair->value;
        if (martlet_cbor_key_is(pair, "attStmt")) statement = pair->value;
    }
    if (format == NULL || data == NULL || statement == NULL) goto end;
    if (!cbor_isa_string(format) || !cbor_string_is_definite(format) || cbor_string_length(format) > 32) goto end;
    if (!cbor_isa_bytestring(data) || !cbor_bytestring_is_definite(data) || !cbor_isa_map(statement)) goto end;
    if (!martlet_authdata_is_modest(cbor_bytestring_handle(data), cbor_bytestring_length(data))) goto end;

    char name[33] = {0};
    memcpy(name, cbor_string_handle(format), cbor_string_length(format));
    code = fido_cred_set_type(credential, algorithm);
    if (code == FIDO_OK)
        code = fido_cred_set_authdata_raw(credential, cbor_bytestring_handle(data), cbor_bytestring_length(data));
    if (code == FIDO_OK) {
        code = fido_cred_set_fmt(credential, name);
        if (code != FIDO_OK) code = FIDO_ERR_UNSUPPORTED_OPTION;
    }
    if (code == FIDO_OK && strcmp(name, "none") != 0) {
        unsigned char *text = NULL;
        size_t space = 0, length = cbor_serialize_alloc(statement, &text, &space);
        code = length == 0 ? FIDO_ERR_INVALID_CBOR : fido_cred_set_attstmt(credential, text, length);
        free(text);
    } else if (code == FIDO_OK && cbor_map_size(statement) != 0) {
        code = FIDO_ERR_INVALID_CBOR;
    }
end:
    cbor_decref(&map);
    return code;
}
