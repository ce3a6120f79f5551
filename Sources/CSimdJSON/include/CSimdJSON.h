#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* simdjson's document object model as C: what Sources/JSON needs of it, and nothing else. */

#ifdef __cplusplus
extern "C" {
#endif

/* Owns the memory of the document that it parsed last. Used by one thread while it parses; what it parsed may be read
   from many. */
typedef struct martlet_json_parser martlet_json_parser;

/* A place in a parsed document: valid until its parser parses again or is freed. */
typedef struct {
    const void *document;
    size_t index;
} martlet_json_element;

typedef enum {
    MARTLET_JSON_NULL,
    MARTLET_JSON_BOOLEAN,
    MARTLET_JSON_INTEGER,
    MARTLET_JSON_NUMBER,
    MARTLET_JSON_STRING,
    MARTLET_JSON_ARRAY,
    MARTLET_JSON_OBJECT,
} martlet_json_kind;

/* Walks the elements of an array, or the members of an object. */
typedef struct {
    martlet_json_element next, end;
    bool is_object;
} martlet_json_cursor;

/* NULL when memory is out. */
martlet_json_parser *martlet_json_parser_new(void);
void martlet_json_parser_free(martlet_json_parser *parser);
/* The longest text in bytes for which the parser holds memory. */
size_t martlet_json_parser_capacity(const martlet_json_parser *parser);

/* False for what isn't JSON, is nested deeper than 1,024 levels, or holds a number that no 64 bits hold. */
bool martlet_json_parse(martlet_json_parser *parser, const uint8_t *text, size_t count, martlet_json_element *root);

/* An integer beyond the range of int64_t is a number. */
martlet_json_kind martlet_json_kind_of(martlet_json_element element);

/* Each is asked only of an element of its kind, `number` of an integer as well. */
bool martlet_json_boolean(martlet_json_element element);
int64_t martlet_json_integer(martlet_json_element element);
double martlet_json_number(martlet_json_element element);
const char *martlet_json_string(martlet_json_element element, size_t *count);

/* The member of an object by that name, the last where several have it; false where there is none. */
bool martlet_json_member(martlet_json_element object, const char *name, size_t count, martlet_json_element *value);

/* How many elements an array has, or members an object; beyond 0xFFFFFF simdjson doesn't count on. */
size_t martlet_json_count(martlet_json_element container);

/* The start of an array or object, and the step from there; false at the end. `name` is set for members. */
martlet_json_cursor martlet_json_begin(martlet_json_element container);
bool martlet_json_next(martlet_json_cursor *cursor, const char **name, size_t *count, martlet_json_element *value);

#ifdef __cplusplus
}
#endif
