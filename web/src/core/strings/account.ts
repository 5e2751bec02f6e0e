// Coming in, and one's own settings.

import { text } from "./words.ts";

export const account = {
  login: {
    title: "Connexion",
    email: "Adresse électronique",
    password: "Mot de passe",
    show: "Afficher le mot de passe",
    hide: "Masquer le mot de passe",
    submit: "Se connecter",
    forgot: "Mot de passe oublié ?",
    ended:
      "Votre session est terminée. Reconnectez-vous pour continuer ; vos brouillons sont gardés.",
    invited: text(
      "Le Club est ouvert sur invitation.",
      "Votre préfecture ou votre animateur de Club vous y inscrit.",
    ),
    welcome: "Le lieu où les petites villes de demain se parlent.",
  },
  forgot: {
    title: "Mot de passe oublié",
    intro: "Indiquez votre adresse : vous recevrez un lien pour choisir un nouveau mot de passe.",
    submit: "Recevoir le lien",
    sentTitle: "Regardez vos courriels",
    sent: text(
      "Si un compte existe à cette adresse, un lien vient de lui être envoyé.",
      "Il vaut deux heures.",
    ),
    toLogin: "Revenir à la connexion",
  },
  reset: {
    title: "Nouveau mot de passe",
    submit: "Enregistrer le mot de passe",
    done: "Votre mot de passe est changé. Connectez-vous.",
  },
  password: {
    label: "Mot de passe",
    new: "Nouveau mot de passe",
    current: "Mot de passe actuel",
    hint: (n: number) =>
      text(
        `Au moins ${n} caractères.`,
        `Une phrase de plusieurs mots convient bien ; vous pouvez la coller.`,
      ),
    tooShort: (n: number) => `Encore ${n} caractère${n > 1 ? "s" : ""}.`,
  },
  invitation: {
    title: "Votre invitation",
    welcome: (name: string) => `Bienvenue, ${name}`,
    into: (club: string) => `Vous êtes invité dans le ${club}`,
    by: (name: string) => `par ${name}`,
    role: "Votre rôle",
    email: "Votre adresse",
    name: "Prénom et nom",
    nameHint: "Tels que les autres membres les verront.",
    accept: "Entrer dans le Club",
    expires: "Valable jusqu'au",
    known: "Cette adresse a déjà un compte : donnez son mot de passe pour accepter.",
    acceptKnown: "Accepter l'invitation",
    missing: "Ce lien est incomplet. Copiez-le en entier depuis le courriel.",
  },
  settings: {
    title: "Réglages",
    profile: "Profil",
    name: "Prénom et nom",
    saveName: "Enregistrer le nom",
    nameSaved: "Votre nom est enregistré.",
    email: "Adresse électronique",
    emailHint: "Pour en changer, écrivez à l'animateur de votre Club.",
    passwordTitle: "Mot de passe",
    changePassword: "Changer le mot de passe",
    passwordChanged: "Votre mot de passe est changé. Vos autres sessions sont fermées.",
    notifications: "Notifications",
    notificationsHint: "Pour chaque canal : de tout, des mentions seulement, ou de rien.",
    appearance: "Apparence",
    theme: "Thème",
    themes: {
      auto: "Comme l'appareil",
      light: "Clair",
      dark: "Sombre",
      contrast: "Contraste élevé",
    },
    sessions: "Sessions ouvertes",
    sessionsHint: text(
      "Les appareils et les scripts où votre compte est ouvert.",
      "Fermez ceux que vous ne reconnaissez pas.",
    ),
    current: "cette session",
    token: "jeton d'accès",
    opened: (date: string) => `ouverte le ${date}`,
    seen: (date: string) => `vue le ${date}`,
    revoke: "Fermer",
    revokeLabel: (name: string) => `Fermer la session ${name}`,
    revoked: "La session est fermée.",
    data: "Mes données",
    dataHint: text(
      "Un fichier avec tout ce que Beffroi garde de vous : profil,",
      "Clubs,",
      "messages,",
      "enregistrements.",
    ),
    export: "Télécharger mes données",
    eraseHint: text(
      "Pour effacer votre compte,",
      "écrivez à l'animateur de votre Club ou à l'adresse donnée dans « Données personnelles ».",
    ),
    unsent:
      "Des messages n'ont pas encore été envoyés. Ils seront perdus si vous vous déconnectez.",
    logoutAnyway: "Se déconnecter quand même",
  },
};
