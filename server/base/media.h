/* The media types a file may be, and what is done with each (media.def).
 *
 * Owns nothing. Threads: any; constant. */
#ifndef BEFFROI_BASE_MEDIA_H
#define BEFFROI_BASE_MEDIA_H

enum media_shown { MEDIA_INLINE, MEDIA_IMAGE, MEDIA_PLAYED, MEDIA_SAVED };
enum media_read {
    MEDIA_READ_NONE,
    MEDIA_READ_PLAIN,
    MEDIA_READ_PDF,
    MEDIA_READ_OFFICE /* a zip of XML: OOXML, OpenDocument */
};

struct media {
    const char *type;       /* "application/pdf" */
    const char *extensions; /* "jpg jpeg", apart by spaces; the first is the usual one */
    const char *contents;   /* what libmagic may call it besides, apart by spaces */
    enum media_shown shown;
    enum media_read read;
};

/* Of a type in the list; the entry of application/octet-stream for any other. Never NULL. */
const struct media *media_find(const char *type);
/* Of what the content is (`content_type`, by libmagic) and the file is called; the entry of
 * application/octet-stream where they do not agree on a type of the list. What is shown as IMAGE is
 * that under any name: left as it came, it would keep where it was taken. */
const struct media *media_of(const char *content_type, const char *name);

#endif
