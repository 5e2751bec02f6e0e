/* What each notice says by mail: one row a kind. */
#include <string.h>

#include "base/str.h"
#include "club/mail.h"
#include "club/notice.h"

static const struct words {
    const char *subject; /* before " : " and the title */
    const char *lead;    /* with the title in the place of %s */
    const char *detail;  /* before the detail, where there is one; NULL: it is not said */
    const char *action, *page, *after;
} table[] = {
    [NOTICE_INVITED] = {"Invitation", "Vous recevez une invitation à « %s ».", NULL,
                        "Répondre à l'invitation", "",
                        "Si vous ne pouvez pas venir, dites-le sur la même page : la place sera "
                        "pour quelqu'un d'autre."},
    [NOTICE_ASKED] =
        {"Demande d'inscription", "Quelqu'un demande à participer à « %s ».", NULL,
         "Voir les demandes", "/inscriptions",
         "D'autres demandes peuvent suivre : elles vous attendent sur la même page, et "
         "ne donneront une nouvelle lettre qu'une fois celle-ci vue."},
    [NOTICE_SEATED] = {"Inscription confirmée", "Votre inscription à « %s » est confirmée.", NULL,
                       "Voir l'événement", "",
                       "Si vous ne pouvez plus venir, annulez votre inscription sur la même page : "
                       "votre place ira à quelqu'un d'autre."},
    [NOTICE_WAITING] = {"Liste d'attente",
                        "Toutes les places de « %s » sont prises : vous êtes sur la liste "
                        "d'attente. Nous vous écrirons dès qu'une place sera pour vous.",
                        NULL, "Voir l'événement", "", NULL},
    [NOTICE_OFFERED] = {"Une place pour vous", "Une place s'est libérée pour « %s ».", NULL,
                        "Confirmer ma venue", "",
                        "Sans réponse de votre part d'ici là, elle sera proposée à la personne "
                        "suivante."},
    [NOTICE_LAPSED] = {"Place non confirmée",
                       "La place qui vous était gardée pour « %s » n'a pas été confirmée à temps : "
                       "elle n'est plus gardée.",
                       NULL, "Voir l'événement", "",
                       "Si vous souhaitez toujours venir, la même page dit s'il est encore temps "
                       "de vous inscrire à nouveau."},
    [NOTICE_REFUSED] = {"Demande non retenue",
                        "L'organisateur n'a pas retenu votre demande pour « %s ».", "Motif : %s",
                        "Voir l'événement", "", NULL},
    [NOTICE_UNREGISTERED] = {"Inscription annulée", "Votre inscription à « %s » est annulée.", NULL,
                             "Voir l'événement", "",
                             "Si c'est une erreur, inscrivez-vous à nouveau sur la même page."},
    [NOTICE_MOVED] = {"Changement", "L'organisateur a modifié « %s ».", "%s", "Voir l'événement",
                      "", NULL},
    [NOTICE_CANCELLED] = {"Annulation", "« %s » est annulé.", "Motif : %s", "Voir l'événement", "",
                          NULL},
    [NOTICE_REMINDER] = {"Rappel", NULL, NULL, "Voir l'événement", "",
                         "Vous choisissez les rappels que vous recevez dans vos réglages."},
    [NOTICE_PROPOSED] = {"Ressource proposée", "« %s » est proposée pour votre bibliothèque.", NULL,
                         "Relire la proposition", "",
                         "Vous pouvez la publier, ou demander des changements à la personne qui la "
                         "propose."},
    [NOTICE_RETURNED] = {"Changements demandés",
                         "« %s » a été relue : des changements vous sont demandés avant sa "
                         "publication.",
                         "%s", "Voir la ressource", "",
                         "Une fois les changements faits, proposez-la à nouveau sur la même page."},
    [NOTICE_PUBLISHED] = {"Ressource publiée", "« %s » est publiée dans la bibliothèque. Merci !",
                          NULL, "Voir la ressource", "", NULL},
    [NOTICE_WITHDRAWN] = {"Ressource retirée", "« %s » n'est plus dans la bibliothèque.",
                          "Motif : %s", "Voir la ressource", "", NULL},
};

/* %s: the title. True of one that is late, too. */
static const char *reminder(const char *stage)
{
    if (str_equal(stage, "week")) {
        return "« %s » a lieu d'ici une semaine.";
    }
    return str_equal(stage, "day") ? "« %s » a lieu d'ici vingt-quatre heures."
                                   : "« %s » commence d'ici une heure.";
}

static const char *put(struct tx *tx, const char *format, const char *text)
{
    const char *place = format ? strstr(format, "%s") : NULL;
    return place ? arena_printf(tx->arena, "%.*s%s%s", (int)(place - format), format, text,
                                place + strlen("%s"))
                 : NULL;
}

static void add(const char **paragraphs, const char *text)
{
    while (*paragraphs) {
        paragraphs++;
    }
    *paragraphs = text;
}

static void add_about(struct tx *tx, const char **paragraphs, const char *format, const char *text)
{
    if (text && *text) {
        add(paragraphs, put(tx, format, text));
    }
}

void notice_letter(struct tx *tx, enum notice_kind kind, const struct notice_about *about,
                   struct letter *out)
{
    const struct words *words = &table[kind];
    const char *lead = kind == NOTICE_REMINDER ? reminder(about->detail) : words->lead;
    *out = (struct letter){
        .subject = arena_printf(tx->arena, "%s : %s", words->subject, about->title),
        .action = words->action,
        .link = arena_printf(tx->arena, "%s%s", about->url, words->page),
        .after = {words->after},
    };
    add(out->paragraphs, arena_printf(tx->arena, "Bonjour %s,", about->name));
    add_about(tx, out->paragraphs, lead, about->title);
    add_about(tx, out->paragraphs, "Elle vous est gardée jusqu'au %s.", about->until);
    add_about(tx, out->paragraphs, words->detail, words->detail ? about->detail : NULL);
    add_about(tx, out->paragraphs, "Quand : %s", about->when);
    add_about(tx, out->paragraphs, "Où : %s", about->place);
    add_about(tx, out->paragraphs, "Lien : %s", about->link);
}
_Static_assert(LETTER_PARAGRAPHS >= 6, "held and detail never come together");
