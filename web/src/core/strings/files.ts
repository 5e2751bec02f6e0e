// Files: bringing them in, showing them.

import type { FileKind } from "../filing.ts";
import { plural, text } from "./words.ts";

const kinds: Record<FileKind, string> = {
  image: "Image",
  pdf: "PDF",
  audio: "Son",
  video: "Vidéo",
  sheet: "Tableur",
  slides: "Présentation",
  document: "Document",
  text: "Texte",
  archive: "Archive",
  other: "Fichier",
};

export const files = {
  files: {
    units: ["octets", "ko", "Mo", "Go"],
    kinds,
    attach: "Joindre des fichiers",
    chooseOne: "Choisir un fichier",
    choose: "Choisir des fichiers",
    orDropOne: "ou déposez-le ici",
    orDrop: "ou déposez-les ici",
    dropTo: (place: string) => `Déposez pour joindre à votre message dans ${place}`,
    dropReply: "Déposez pour joindre à votre réponse",
    limits: (file: string, image: string) =>
      `${file} au plus par fichier, ${image} pour une image.`,
    limitsQuota: (left: string) => `Il vous reste ${left} de place.`,
    attached: "Fichiers joints",
    state: {
      waiting: "en attente",
      offline: "en attente du réseau",
      sending: (percent: number) => `envoi ${percent} %`,
      checking: "vérification…",
      ready: "prêt",
      failed: "échec",
      lost: "interrompu",
    },
    progress: (name: string) => `Envoi de ${name}`,
    ready: (name: string) => `« ${name} » est prêt.`,
    failed: (name: string, why: string) => `« ${name} » n'a pas été envoyé : ${why}`,
    lost: "La page a été rechargée pendant l'envoi. Choisissez le même fichier : il reprendra où il en était.",
    chooseAgain: "Choisir le fichier",
    notTheSame: (name: string) =>
      `Ce n'est pas le même fichier : choisissez « ${name} », inchangé, ou retirez-le.`,
    cancel: (name: string) => `Annuler l'envoi de ${name}`,
    remove: (name: string) => `Retirer ${name}`,
    retry: (name: string) => `Réessayer : ${name}`,
    again: (name: string) => `Choisir le fichier ${name}`,
    isEmpty: (name: string) =>
      `« ${name} » est vide, ou c'est un dossier : joignez les fichiers eux-mêmes.`,
    tooLarge: (name: string, size: string, max: string) =>
      `« ${name} » fait ${size} ; un fichier peut en faire ${max} au plus.`,
    imageTooLarge: (name: string, size: string, max: string) =>
      `« ${name} » fait ${size} ; une image peut en faire ${max} au plus.`,
    tooMany: (max: number) =>
      `${plural(max, "fichier", "fichiers")} au plus : les suivants n'ont pas été pris.`,
    overQuota: (left: string) =>
      text(
        `Il ne vous reste que ${left} de place.`,
        "Supprimez d'anciens fichiers, ou parlez-en à votre animateur.",
      ),
    unreadable: "Ce fichier a changé ou n'est plus lisible. Choisissez-le de nouveau.",
    gone: "Ce fichier n'est plus sur le serveur. Retirez-le, puis joignez-le de nouveau.",
    pasted: (day: string, hour: string) => `Capture du ${day} à ${hour}`,
    open: "Ouvrir",
    openName: (name: string) => `Ouvrir ${name} (nouvel onglet)`,
    save: "Télécharger",
    saveName: (name: string) => `Télécharger ${name}`,
    shelve: "Verser à la bibliothèque",
    shelveName: (name: string) => `Verser ${name} à la bibliothèque`,
    image: (name: string) => `Image : ${name}`,
    of: (n: number) => plural(n, "fichier joint", "fichiers joints"),
    more: (name: string) => `Actions sur ${name}`,
  },
};
