// The form of an event, and what else its organiser can do with it.

import type { LinkShown, QuestionKind, RegistrationMode, Scope } from "../types.ts";
import { plural, text } from "./words.ts";

const people = (n: number) => plural(n, "personne", "personnes");

const modes: Record<RegistrationMode, string> = {
  none: "Sans inscription",
  open: "Ouvertes à tous ceux qui sont concernés",
  approval: "Chaque demande est approuvée par vous",
  invitation: "Sur invitation seulement",
};
const linkShown: Record<LinkShown, string> = {
  all: "À tous ceux qui voient l'événement",
  registered: "Aux personnes inscrites seulement",
};
const questionKinds: Record<QuestionKind, string> = {
  text: "Réponse libre",
  choice: "Choix dans une liste",
  yes_no: "Oui ou non",
};
const scopes: Record<Scope, string> = {
  network: "À tout le réseau",
  region: "À une région",
  clubs: "À des Clubs",
};

export const form = {
  eventForm: {
    newTitle: "Nouvel événement",
    editTitle: "Modifier l'événement",
    of: (club: string) => `Événement du ${club}`,
    state: {
      draft: "Brouillon : seuls les animateurs du Club le voient.",
      planned: (when: string) => `Brouillon : il sera publié ${when}.`,
      published: "Publié.",
      cancelled: "Annulé.",
    },
    restored: "Ce que vous aviez commencé à saisir a été retrouvé.",
    outdated: text(
      "L'événement a été modifié par quelqu'un d'autre depuis votre saisie.",
      "Vérifiez les champs avant d'enregistrer.",
    ),
    startOver: "Abandonner ma saisie",
    incomplete: "Rien n'est perdu : corrigez ce qui est indiqué, puis recommencez.",
    gaps: {
      date: "Indiquez une date et une heure.",
      number: "Indiquez un nombre.",
    },
    what: "De quoi s'agit-il ?",
    kind: "Type d'événement",
    titleField: "Titre",
    description: "Description",
    descriptionHint:
      "Le programme, à qui il s'adresse. **gras**, *italique*, « - » en début de ligne pour une liste.",
    organisation: "Organisateur",
    organisationHint: (club: string) => `Laissez vide si c'est le ${club}.`,
    themes: "Thèmes",
    parent: "Fait partie de la semaine thématique",
    noParent: "Aucune",
    when: "Quand ?",
    allDay: "Sur la journée entière",
    startDate: "Premier jour",
    startTime: "Heure de début",
    endDate: "Dernier jour",
    endTime: "Heure de fin",
    oneDate: "Date de début",
    oneEndDate: "Date de fin",
    zone: "Ces heures sont en",
    skipped: (time: string) =>
      `Cette heure n'existe pas ce jour-là (passage à l'heure d'été) : il sera ${time}.`,
    doubled: (time: string) =>
      `Cette nuit-là, ${time} revient deux fois (passage à l'heure d'hiver) : la première compte.`,
    elsewhere: (time: string, place: string) => `C'est ${time}, ${place}.`,
    where: "Où ?",
    address: "Adresse",
    addressHint: "Lieu, numéro et rue : « Salle des fêtes, 3 place de la Mairie ».",
    commune: "Commune",
    link: "Lien de la visioconférence",
    linkHint: "Le lien des participants, jamais celui de l'animateur ou du modérateur.",
    platform: (name: string) => `Reconnu : ${name}.`,
    linkShown: "À qui montrer le lien",
    linkShownTo: linkShown,
    whom: "Pour qui ?",
    scope: "L'annoncer",
    scopes,
    onlyClub: (club: string) => `Il sera annoncé dans le ${club}.`,
    region: "Région",
    chooseRegion: "Choisir une région",
    clubs: "Clubs",
    clubsChosen: (n: number) => plural(n, "Club choisi", "Clubs choisis"),
    filterClubs: "Chercher un Club",
    roles: "Qui peut s'inscrire",
    rolesHint: "Ne cochez rien si tous le peuvent. Tous voient l'événement.",
    isPublic: "L'ouvrir au public",
    isPublicHint: "Il paraît aussi dans le flux des événements publics, sans compte.",
    registrations: "Inscriptions",
    mode: "Comment s'inscrire",
    modes,
    capacity: "Nombre de places",
    capacityHint: "Vide : pas de limite. Au-delà, une liste d'attente se forme d'elle-même.",
    deadlineDate: "Inscriptions jusqu'au",
    deadlineTime: "Heure limite",
    deadlineHint: "Vide : jusqu'au début de l'événement.",
    hold: "Heures pour confirmer une place libérée",
    holdHint: "Passé ce délai, elle est proposée à la personne suivante.",
    questions: "Questions aux inscrits",
    questionsHint: "Un régime alimentaire, un moyen de transport… Dix au plus.",
    question: (n: number) => `Question ${n}`,
    questionLabel: "Question posée",
    questionKind: "Type de réponse",
    questionKinds,
    options: "Choix proposés",
    optionsHint: "Un par ligne.",
    answerRequired: "La réponse est obligatoire",
    addQuestion: "Ajouter une question",
    up: (n: number) => `Monter la question ${n}`,
    down: (n: number) => `Descendre la question ${n}`,
    removeQuestion: (n: number) => `Retirer la question ${n}`,
    after: "Documents et suites",
    afterHint: "Vous pourrez en ajouter après l'événement.",
    documentLabel: (n: number) => `Nom du document ${n}`,
    documentLink: (n: number) => `Lien du document ${n}`,
    addDocument: "Ajouter un lien",
    documentFile: (name: string) => `Fichier : ${name}`,
    documentFiles: "Fichiers à joindre",
    coming: "Des fichiers sont encore en train d'arriver : attendez qu'ils soient prêts.",
    removeDocument: (n: number) => `Retirer le document ${n}`,
    replay: "Lien de l'enregistrement",
    saveDraft: "Enregistrer le brouillon",
    saveChanges: "Enregistrer les changements",
    saved: "L'événement est enregistré.",
    tells: (n: number) =>
      n < 2
        ? `${people(n)} (inscrite ou en attente) sera prévenue.`
        : `${people(n)} (inscrites ou en attente) seront prévenues.`,
    seeEvent: "Voir la page de l'événement",
    noRight: "Vous ne pouvez pas préparer d'événement dans ce Club.",
    publish: "Publier…",
    publishTitle: "Publier l'événement",
    rings: (clubs: readonly string[]) =>
      clubs.length === 1
        ? text(
            `Une carte paraîtra dans les Annonces du ${clubs[0]},`,
            "et l'événement dans l'agenda de ses membres.",
          )
        : text(
            `Une carte paraîtra dans les Annonces de ${plural(clubs.length, "Club", "Clubs")},`,
            "et l'événement dans l'agenda de leurs membres.",
          ),
    publishWhen: "Quand",
    publishNow: "Maintenant",
    publishLater: "À une date",
    publishNever: "Ne plus la programmer : garder le brouillon",
    publishNeverYes: "Garder le brouillon",
    held: "La publication n'est plus programmée.",
    publishDate: "Publier le",
    publishTime: "Heure de publication",
    publishYes: "Publier l'événement",
    publishLaterYes: "Programmer la publication",
    published: "L'événement est publié.",
    planned: "La publication est programmée.",
    publishPast: "Choisissez une date et une heure à venir.",
    cancel: "Annuler l'événement…",
    cancelTitle: "Annuler l'événement ?",
    cancelText: (n: number) =>
      text(
        n > 0
          ? text(
              `${people(n)} (${n < 2 ? "inscrite" : "inscrites"} ou en attente)`,
              "et les personnes invitées recevront votre explication par courriel.",
            )
          : "Personne n'est inscrit. Les personnes invitées recevront votre explication.",
        "L'événement restera visible, marqué annulé.",
      ),
    reason: "Raison de l'annulation",
    cancelYes: "Annuler l'événement",
    keepEvent: "Ne pas annuler",
    cancelled: "L'événement est annulé.",
    duplicate: "Dupliquer",
    duplicated: "Voici la copie, en brouillon. Changez sa date.",
    remove: "Supprimer le brouillon…",
    removeTitle: "Supprimer ce brouillon ?",
    removeText: "Il n'a pas été publié : personne ne sera prévenu.",
    removeYes: "Supprimer le brouillon",
    removed: "Le brouillon est supprimé.",
  },
};
