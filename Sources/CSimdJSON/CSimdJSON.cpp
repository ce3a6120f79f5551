#include "CSimdJSON.h"

#include <simdjson.h>

#include <cstring>
#include <new>
#include <type_traits>

using namespace simdjson;

struct martlet_json_parser {
    dom::parser parser;
};

namespace {

/* simdjson's handles are a document's address and an index. They are passed through C by copying their bytes. */
template <typename To, typename From> To same_bytes(const From &from) {
    static_assert(sizeof(To) == sizeof(From) && std::is_trivially_copyable_v<To> && std::is_trivially_copyable_v<From>);
    To to;
    std::memcpy(&to, &from, sizeof(To));
    return to;
}

dom::element unwrapped(martlet_json_element element) { return same_bytes<dom::element>(element); }

martlet_json_element wrapped(dom::element element) { return same_bytes<martlet_json_element>(element); }

} // namespace

martlet_json_parser *martlet_json_parser_new(void) { return new (std::nothrow) martlet_json_parser; }

void martlet_json_parser_free(martlet_json_parser *parser) { delete parser; }

size_t martlet_json_parser_capacity(const martlet_json_parser *parser) { return parser->parser.capacity(); }

bool martlet_json_parse(martlet_json_parser *parser, const uint8_t *text, size_t count, martlet_json_element *root) {
    dom::element element;
    // simdjson reads a little past the end, so it copies the text to where it may.
    if (parser->parser.parse(text, count, true).get(element) != SUCCESS) return false;
    *root = wrapped(element);
    return true;
}

martlet_json_kind martlet_json_kind_of(martlet_json_element element) {
    switch (unwrapped(element).type()) {
    case dom::element_type::NULL_VALUE: return MARTLET_JSON_NULL;
    case dom::element_type::BOOL: return MARTLET_JSON_BOOLEAN;
    case dom::element_type::INT64: return MARTLET_JSON_INTEGER;
    case dom::element_type::UINT64:
    case dom::element_type::DOUBLE: return MARTLET_JSON_NUMBER;
    case dom::element_type::STRING: return MARTLET_JSON_STRING;
    case dom::element_type::ARRAY: return MARTLET_JSON_ARRAY;
    case dom::element_type::OBJECT: return MARTLET_JSON_OBJECT;
    }
    return MARTLET_JSON_NULL;
}

bool martlet_json_boolean(martlet_json_element element) { return unwrapped(element).get_bool().value_unsafe(); }

int64_t martlet_json_integer(martlet_json_element element) { return unwrapped(element).get_int64().value_unsafe(); }

double martlet_json_number(martlet_json_element element) { return unwrapped(element).get_double().value_unsafe(); }

const char *martlet_json_string(martlet_json_element element, size_t *count) {
    std::string_view text = unwrapped(element).get_string().value_unsafe();
    *count = text.size();
    return text.data();
}

bool martlet_json_member(martlet_json_element object, const char *name, size_t count, martlet_json_element *value) {
    const std::string_view wanted(name, count);
    bool found = false;
    // A name of its own: C++17 would end a temporary's life before the loop begins.
    const dom::object members = unwrapped(object).get_object().value_unsafe();
    for (auto member : members) {
        if (member.key == wanted) {
            *value = wrapped(member.value);
            found = true;
        }
    }
    return found;
}

size_t martlet_json_count(martlet_json_element container) {
    dom::object object;
    if (unwrapped(container).get(object) == SUCCESS) return object.size();
    return unwrapped(container).get_array().value_unsafe().size();
}

martlet_json_cursor martlet_json_begin(martlet_json_element container) {
    martlet_json_cursor cursor;
    dom::object object;
    cursor.is_object = unwrapped(container).get(object) == SUCCESS;
    if (cursor.is_object) {
        cursor.next = same_bytes<martlet_json_element>(object.begin());
        cursor.end = same_bytes<martlet_json_element>(object.end());
    } else {
        dom::array array = unwrapped(container).get_array().value_unsafe();
        cursor.next = same_bytes<martlet_json_element>(array.begin());
        cursor.end = same_bytes<martlet_json_element>(array.end());
    }
    return cursor;
}

bool martlet_json_next(martlet_json_cursor *cursor, const char **name, size_t *count, martlet_json_element *value) {
    if (cursor->next.index >= cursor->end.index) return false;
    if (cursor->is_object) {
        auto place = same_bytes<dom::object::iterator>(cursor->next);
        const std::string_view key = place.key();
        *name = key.data();
        *count = key.size();
        *value = wrapped(place.value());
        cursor->next = same_bytes<martlet_json_element>(++place);
    } else {
        auto place = same_bytes<dom::array::iterator>(cursor->next);
        *value = wrapped(*place);
        cursor->next = same_bytes<martlet_json_element>(++place);
    }
    return true;
}
