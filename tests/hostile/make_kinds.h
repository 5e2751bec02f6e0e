/* The families, by the file they are made in. */
#ifndef BEFFROI_TESTS_HOSTILE_MAKE_KINDS_H
#define BEFFROI_TESTS_HOSTILE_MAKE_KINDS_H

struct hostile;
struct chance;

void make_bomb(struct hostile *out, struct chance *chance);
void make_nested(struct hostile *out, struct chance *chance);
void make_laughs(struct hostile *out, struct chance *chance);
void make_gigantic(struct hostile *out, struct chance *chance);
void make_members(struct hostile *out, struct chance *chance);
void make_lying(struct hostile *out, struct chance *chance);
void make_locked(struct hostile *out, struct chance *chance);

void make_endless_pdf(struct hostile *out, struct chance *chance);
void make_looping_pdf(struct hostile *out, struct chance *chance);
void make_locked_pdf(struct hostile *out, struct chance *chance);

void make_huge_picture(struct hostile *out, struct chance *chance);
void make_long_picture(struct hostile *out, struct chance *chance);

#endif
