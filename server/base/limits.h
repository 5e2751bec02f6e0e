/* Every limit of the server, with its unit, in one place (law 7: nothing grows without bound).
 *
 * Owns nothing. The ones a client should know are repeated in `hello.limits`. */
#ifndef BEFFROI_BASE_LIMITS_H
#define BEFFROI_BASE_LIMITS_H

/* Texts, in characters (Unicode code points) unless the name says bytes. */
#define LIMIT_BODY_CHARS         10000
#define LIMIT_BODY_BYTES         16384 /* worst case for the Markdown parser: a few ms */
#define LIMIT_NODES_BYTES        65536 /* Markdown tree as JSON */
#define LIMIT_NODES_DEPTH        12    /* lists of nodes one inside the other */
#define LIMIT_NAME_CHARS         120
#define LIMIT_LABEL_CHARS        300 /* function beside a name: a role and a town or organisation */
#define LIMIT_EMOJI_BYTES        32
#define LIMIT_PURPOSE_CHARS      300
#define LIMIT_EMAIL_CHARS        254 /* RFC 5321 4.5.3.1.3 less the brackets */
#define LIMIT_QUERY_CHARS        200
#define LIMIT_PAGE_CHARS         16000 /* mentions légales and the like; laid out as a message is */
#define LIMIT_CSV_CHARS          4000000
#define LIMIT_DOCUMENT_CHARS     16000000 /* a file that is answered */
#define LIMIT_FEED_PLAIN_BYTES   2000     /* of a description in a feed */
#define LIMIT_NONCE_MIN          8
#define LIMIT_NONCE_MAX          64
#define LIMIT_PASSWORD_MIN_CHARS 12  /* CNIL 2022-100, ANSSI guide of 2021 */
#define LIMIT_PASSWORD_MAX_CHARS 256 /* so that hashing stays cheap */

#define LIMIT_ITEM_CHARS   300 /* one text of a list of texts */
#define LIMIT_RPC_ID_CHARS 64
#define LIMIT_CURSOR_CHARS 64
#define LIMIT_METHOD_CHARS 64
#define LIMIT_ECHO_BYTES   64 /* of a sender's own word repeated in an error */

/* Events. */
#define LIMIT_EVENT_CHANNELS   300 /* living ones of a Club */
#define LIMIT_TITLE_CHARS      200
#define LIMIT_PLACE_CHARS      300 /* address, commune */
#define LIMIT_LINK_CHARS       1000
#define LIMIT_EVENT_CLUBS      120 /* it is announced to */
#define LIMIT_EVENT_THEMES     20
#define LIMIT_EVENT_DOCUMENTS  20
#define LIMIT_EVENT_QUESTIONS  10
#define LIMIT_QUESTION_OPTIONS 20
#define LIMIT_ANSWER_CHARS     1000
#define LIMIT_EVENT_CAPACITY   100000
#define LIMIT_REASON_CHARS     1000 /* why an event is cancelled */
#define LIMIT_HOLD_HOURS       336  /* a freed seat is held for who was waiting */
#define LIMIT_INVITED          200  /* people, at once */
#define LIMIT_NOTICES          500  /* kept for a person; the oldest go */
#define LIMIT_THEMES           100
#define LIMIT_EVENT_OPEN_DAYS  60 /* after its end, before its channel is archived */

/* Files and the library. */
#define LIMIT_FILE_BYTES      INT64_C(2147483648)
#define LIMIT_PERSON_BYTES    INT64_C(21474836480) /* of all files one person brought */
#define LIMIT_IMAGE_BYTES     INT64_C(52428800)
#define LIMIT_IMAGE_PIXELS    INT64_C(100000000)
#define LIMIT_IMAGE_SIDE      4096 /* px, as it is kept */
#define LIMIT_THUMBNAIL_SIDE  480  /* px */
#define LIMIT_FILE_NAME_CHARS 200
#define LIMIT_KEY_CHARS       26 /* of a file */
#define LIMIT_FILES_COMING    20 /* of one person, at once */
#define LIMIT_FILE_HOURS      24 /* until what nobody placed is dropped */
#define LIMIT_MESSAGE_FILES   10
#define LIMIT_UPLOAD_BYTES    1048576  /* of one upload, read and not written yet */
#define LIMIT_UPLOAD_SYNC     67108864 /* bytes after which what came is made sure, */
#define LIMIT_UPLOAD_SYNC_S   10       /* or seconds */
#define LIMIT_UPLOAD_RATE     512      /* bytes a second over LIMIT_BODY_S; slower is cut */
#define LIMIT_UPLOADS         128      /* at once */
#define LIMIT_DOWNLOADS       1024     /* at once */
#define LIMIT_DOWNLOAD_BYTES  131072   /* of one download, read and not sent yet */
#define LIMIT_RESOURCE_THEMES 20
#define LIMIT_RESOURCES_OPEN  100 /* of one person, that nobody accepted yet */
#define LIMIT_TERRITORIES     30
#define LIMIT_CODE_CHARS      20 /* of a territory */
#define LIMIT_TERRITORY_FOUND 20
#define LIMIT_EDITIONS        100
#define LIMIT_FUNDERS         20
#define LIMIT_FICHE_CHARS     5000 /* of each of its texts */
#define LIMIT_EUROS           INT64_C(10000000000)
#define LIMIT_TEXT_PAGES      2000 /* of a document, that are read */
#define LIMIT_PAGE_TEXT_BYTES 16384
#define LIMIT_TEXT_BYTES      4194304            /* of a document, in all */
#define LIMIT_HELPER_JOBS     2                  /* at once */
#define LIMIT_HELPER_S        30                 /* of one job */
#define LIMIT_HELPER_MEMORY   INT64_C(536870912) /* bytes, of one job */

/* --- mail that leaves ------------------------------------------------------------------------- */
#define LIMIT_LETTER_S     75      /* until a mail server has taken one or not */
#define LIMIT_LETTER_BYTES 4194304 /* of one, as it is sent */

/* Profiles and contact cards. */
#define LIMIT_OFFER_CHARS     1000 /* "Je peux aider sur..." */
#define LIMIT_PHONE_CHARS     40
#define LIMIT_PHONE_DIGITS    15 /* ITU-T E.164, country code included */
#define LIMIT_PROFILE_THEMES  20
#define LIMIT_FUNCTIONS       50 /* of one person, that are shown */
#define LIMIT_HOURS_CHARS     300
#define LIMIT_CARD_PEOPLE     10
#define LIMIT_DIRECTORY_WORDS 10 /* of a look-up; more are passed over */
#define LIMIT_DEPARTEMENTS    150

/* Search. */
#define LIMIT_FACETS        100 /* values counted of one kind of filter, the largest first */
#define LIMIT_SYNONYMS      500 /* groups of words that mean the same */
#define LIMIT_SYNONYM_TERMS 8   /* in a group */
#define LIMIT_SYNONYM_CHARS 120 /* of one of them */

/* JSON: objects and arrays one inside the other, and values in all. */
#define LIMIT_JSON_DEPTH  16
#define LIMIT_JSON_VALUES 2000

/* Lists, in items. */
#define LIMIT_EXPORT_MESSAGES      100000 /* of a person, in one answer to the command line */
#define LIMIT_LIST_DEFAULT         50
#define LIMIT_LIST_MAX             100
#define LIMIT_TOWNS_FOUND          20
#define LIMIT_POSTS_PER_CLUB       500
#define LIMIT_INVITATIONS_PER_CLUB 2000 /* not answered yet */
#define LIMIT_IMPORT_LINES         20000
#define LIMIT_DIRECT_PEOPLE        8
#define LIMIT_CHANNELS_PER_CLUB    100 /* living */
#define LIMIT_CHANNELS_ARCHIVED    900 /* of a Club, beside them */
#define LIMIT_CHANNELS_LISTED      (LIMIT_CHANNELS_PER_CLUB + LIMIT_CHANNELS_ARCHIVED)
#define LIMIT_REACTIONS_PER_BODY   20
#define LIMIT_REACTORS             500 /* people behind one emoji of one message */
#define LIMIT_MENTIONS_PER_BODY    50
#define LIMIT_VERSIONS             50 /* wordings kept of one message */
#define LIMIT_PINS_PER_CHANNEL     50
#define LIMIT_SAVED_PER_PERSON     1000
#define LIMIT_SEARCH_CANDIDATES    300 /* newest matches that are ordered by relevance */
#define LIMIT_PRESENCE_PEOPLE      50
#define LIMIT_RESUME_FACTS         2000
#define LIMIT_UNREAD               999 /* counted per channel; beyond it is "at least" */
#define LIMIT_BROADCAST_PEOPLE     100 /* a mention of more people than this is for animateurs */
#define LIMIT_SESSIONS_PER_PERSON  50
#define LIMIT_SOCKETS_PER_PERSON   20
#define LIMIT_SOCKETS_PER_ADDRESS  2000 /* a préfecture shares one address */
#define LIMIT_PASSING              4096 /* connections but open WebSockets and files */

#define LIMIT_FEEDS_PER_PERSON 20
#define LIMIT_FEED_EVENTS      500 /* those to come first, then the latest */

#define LIMIT_MEMO_ROWS 8192 /* kept of one statement by the writer */

/* Queues. */
#define LIMIT_WRITER_QUEUE        4096     /* commands */
#define LIMIT_READER_QUEUE        4096     /* queries */
#define LIMIT_WORKER_QUEUE        256      /* password hashes and other slow preparations */
#define LIMIT_SOCKET_QUEUE_BYTES  262144   /* one answer that is larger apart */
#define LIMIT_SOCKET_QUEUE_FRAMES 1024     /* pieces queued to one socket, of one frame or more */
#define LIMIT_SOCKET_BURST        2000     /* frames a socket may send at once, */
#define LIMIT_SOCKET_PER_SECOND   1000     /* and then each second: a script, not a flood */
#define LIMIT_SOCKET_CONTROL      4096     /* bytes of pings in LIMIT_PING_S - LIMIT_LISTEN_S */
#define LIMIT_OPEN_FILES          16384    /* sizes libwebsockets' tables */
#define LIMIT_SOCKET_INFLIGHT     32       /* requests of one socket not answered yet */
#define LIMIT_WAL_BYTES           67108864 /* of the log, while no other program reads */
#define LIMIT_RING_BYTES          4194304  /* recent frames kept to catch up a joining socket */
#define LIMIT_RESUME_BYTES        4194304 /* of frames that one resume brings, its last one apart */

/* Frames and requests, in bytes. */
#define LIMIT_FRAME_BYTES      65536
#define LIMIT_FRAGMENTS        64
#define LIMIT_PAGE_BYTES       131072 /* texts of a page of messages, its last one apart */
#define LIMIT_HTTP_BODY_BYTES  65536
#define LIMIT_ADMIN_BODY_BYTES 8388608
#define LIMIT_HEADER_BYTES     8192

/* Times. */
#define LIMIT_JOURNAL_DAYS    30
#define LIMIT_JOURNAL_ROWS    1000000
#define LIMIT_NONCE_DAYS      30
#define LIMIT_QUERY_MS        2000 /* deadline of one read */
#define LIMIT_FRAGMENT_MS     10000
#define LIMIT_SESSION_DAYS    30
#define LIMIT_INVITATION_DAYS 14
#define LIMIT_FEED_DAYS       90 /* how far back a feed goes */
#define LIMIT_RESET_HOURS     2
#define LIMIT_REQUEST_S       15   /* to send a request's headers, or its body's next piece */
#define LIMIT_BODY_S          25   /* to send a whole body */
#define LIMIT_ANSWER_S        300  /* to read what the kernel did not take at once, */
#define LIMIT_ANSWER_GRACE_S  20   /* and after this long */
#define LIMIT_ANSWER_RATE     512  /* no slower than this many bytes a second */
#define LIMIT_STALL_S         300  /* a download may stand still, */
#define LIMIT_STALL_CROWDED_S 20   /* less long where more than a quarter of LIMIT_DOWNLOADS run */
#define LIMIT_DRAIN_MS        5000 /* at stop, for the requests under way */
#define LIMIT_LISTEN_S        20   /* of silence; what comes then is weighed */
#define LIMIT_PING_S          25
#define LIMIT_MUTTER_S        29 /* something comes, no frame and no pong: a head in drips */
#define LIMIT_HANGUP_S        40
#define LIMIT_TAKE_S          10 /* a socket for which something waits may take nothing */

#define LIMIT_TIME_MS INT64_C(253402300799999) /* end of the year 9999 */

#define MS_PER_SECOND INT64_C(1000)
#define MS_PER_HOUR   (3600 * MS_PER_SECOND)
#define MS_PER_DAY    (24 * MS_PER_HOUR)

#endif
