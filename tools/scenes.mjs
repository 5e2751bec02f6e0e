// The scenes of the guides: who looks, in a wide window or on a phone, and what they do before the picture is taken.
//
// `play` leaves its window as it is to be shown. Scenes are played in this order: what one does, the next ones find.
// No field of a date is shown: a browser draws it in its own language, and Debian's Chromium brings English alone.

const WORKSHOP = "Atelier in situ à Nantua";
const SESSION = "Séance du Club de l’Ain : préparer";
const PAST_SESSION = "Séance du Club de l’Ain : habitat";

const scene = (name, who, play) => ({ name, who, play });
const onPhone = (name, who, play) => ({ name, who, play, phone: true });

const heading = (page, name) => page.getByRole("heading", { name });
const button = (page, name) => page.getByRole("button", { name, exact: true });

/** Puts it at the top of what scrolls, with some air above. */
const toTop = (locator) =>
  locator.evaluate((element) => {
    let scroller = element.parentElement;
    while (!/auto|scroll/.test(getComputedStyle(scroller).overflowY)) {
      scroller = scroller.parentElement;
    }
    const from = scroller.getBoundingClientRect().top;
    scroller.scrollTop += element.getBoundingClientRect().top - from - 24;
  });

/** The animateur takes back the registrations of these people; `is` is asked about each. */
async function takeBack(stage, event, is) {
  const { registrations } = await stage.ask("animateur", "registration.list", { event });
  for (const { person } of registrations.filter(is)) {
    await stage.ask("animateur", "event.unregister", { event, person: person.id });
  }
}

const FICHE = "boutiques à l’essai";
const ON_SHELF = "Modèle de règlement d’aide aux vitrines";

const ofMembers = [
  onPhone("invitation.png", "visitor", async (page, stage) => {
    const { id: club } = await stage.club();
    const { link } = await stage.ask("animateur", "member.invite", {
      club,
      email: "commerce@demo.example",
      name: "Adjointe au commerce, Lagnieu",
      role: "elu",
      organisation: "Commune de Lagnieu",
    });
    await page.visit(`/invitation${new URL(link).hash}`);
    await button(page, "Entrer dans le Club").waitFor();
  }),
  scene("aujourdhui.png", "chef", async (page) => {
    await page.visit("/aujourdhui");
    await heading(page, "Vos prochains événements").waitFor();
  }),
  scene("club.png", "chef", async (page, stage) => {
    const { id, club } = await stage.channel("Commerce et artisanat");
    await page.visit(`/club/${club}/canal/${id}`);
    await page.locator(".thread-link").last().click();
    await heading(page, "Fil").waitFor();
  }),
  scene("fichiers.png", "chef", async (page, stage) => {
    const { id, club } = await stage.channel("Mobilités");
    await page.visit(`/club/${club}/canal/${id}`);
    const text = Buffer.from("Ligne,Montées\nGare,412\nMairie,388\n".repeat(400));
    await page.locator("form.composer input[type=file]").setInputFiles([
      { name: "Comptages de la navette.csv", mimeType: "text/csv", buffer: text },
      { name: "Plan des arrêts.png", mimeType: "image/png", buffer: await page.screenshot() },
      { name: "Note de synthèse.txt", mimeType: "text/plain", buffer: text.subarray(0, 5_000) },
    ]);
    await page.locator("form.composer textarea").fill("Les comptages d’octobre, avec le plan.");
    await page.locator(".upload", { hasText: "prêt" }).nth(2).waitFor();
  }),
  scene("recherche.png", "chef", async (page) => {
    await page.visit("/recherche?q=logements+vacants");
    await page.getByText(/^(\d+ résultats?|Les \d+ premiers résultats|Au moins)/).waitFor();
  }),
  scene("bibliotheque.png", "chef", async (page, stage) => {
    const { id } = await stage.club();
    await page.visit(`/ressources?etagere=${id}`);
    await page.getByText(ON_SHELF).waitFor();
    await toTop(heading(page, "Étagère du"));
  }),
  scene("fiche.png", "chef", async (page, stage) => {
    const wish = { national: true, kind: "fiche_projet", limit: 100 };
    const { resources } = await stage.ask("chef", "resource.list", wish);
    const { id } = resources.find(({ title }) => title.includes(FICHE));
    await page.visit(`/ressource/${id}`);
    await heading(page, "Le projet").waitFor();
    await page.emulateMedia({ media: "print" });
  }),
  scene("proposer.png", "chef", async (page, stage) => {
    await page.emulateMedia({ media: "screen" });
    const { id } = await stage.club();
    await page.visit(`/ressource/nouvelle?etagere=${id}`);
    await page.getByLabel("Titre", { exact: true }).fill("Charte d’occupation d’une halle");
    await page.getByText("Il vous reste").waitFor();
    await toTop(heading(page, "Le document"));
  }),
  scene("annuaire.png", "chef", async (page) => {
    await page.visit("/annuaire?theme=3&role=chef_de_projet");
    await page.getByText("Marché couvert et halle").waitFor();
  }),
  onPhone("profil.png", "chef", async (page) => {
    await page.visit("/reglages");
    await heading(page, "Aperçu").waitFor();
    await toTop(page.locator(".preview"));
  }),
  scene("agenda.png", "chef", async (page) => {
    await page.visit("/agenda");
    await page.getByText(WORKSHOP).first().waitFor();
  }),
  scene("annonce.png", "chef", async (page, stage) => {
    const { id, club } = await stage.channel("Annonces");
    await page.visit(`/club/${club}/canal/${id}`);
    const card = page.locator(".event-card", { hasText: SESSION });
    await button(card, "S’inscrire").waitFor();
    await toTop(page.locator(".message", { has: card }));
  }),
  scene("inscription.png", "chef", async (page, stage) => {
    const { id } = await stage.event(SESSION);
    await page.visit(`/evenement/${id}`);
    await button(page, "S’inscrire").waitFor();
  }),
  onPhone("attente.png", "chef", async (page, stage) => {
    const { id } = await stage.event(WORKSHOP);
    await page.visit(`/evenement/${id}`);
    await page.getByRole("radio", { name: "Oui" }).check();
    await page.getByLabel("Repas").selectOption("Sans viande");
    await button(page, "S’inscrire sur la liste d’attente").click();
    await page.getByText("rang de la liste d’attente").waitFor();
    await page.visit(`/evenement/${id}`); // without the toast
    await page.getByText("rang de la liste d’attente").waitFor();
    await toTop(page.locator(".event-facts"));
  }),
  scene("agendas.png", "chef", async (page) => {
    await page.visit("/reglages");
    await button(page, "Créer l’adresse").click();
    await page.getByLabel("Adresse de l’agenda").waitFor();
    await toTop(heading(page, "Rappels"));
  }),
  scene("notifications.png", "chef", async (page) => {
    await page.visit("/reglages");
    await page.locator("summary", { hasText: "Club PVD" }).click();
    await toTop(heading(page, "Notifications"));
  }),
];

const ofAnimateurs = [
  scene("membres.png", "animateur", async (page, stage) => {
    const { id } = await stage.club();
    await page.visit(`/club/${id}/membres`);
    await heading(page, "Invitations en cours").waitFor();
  }),
  scene("inviter.png", "animateur", async (page) => {
    await button(page, "Inviter").click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel("Adresse électronique").fill("poncin@demo.example");
    await dialog.getByLabel("Prénom et nom").fill("Cheffe de projet, Poncin");
    await dialog.getByLabel("Petite ville de demain").fill("Poncin");
    await dialog.getByText("Poncin", { exact: true }).first().waitFor();
  }),
  scene("fiche-contact.png", "animateur", async (page, stage) => {
    const { id } = await stage.club();
    await page.visit(`/club/${id}`);
    await button(page, "Modifier la fiche contact").waitFor();
  }),
  scene("canaux.png", "animateur", async (page, stage) => {
    const { id } = await stage.club();
    await page.visit(`/club/${id}/canaux`);
    await button(page, "Ajouter un canal").click();
    await page.getByRole("dialog").getByLabel("Nom").fill("Financements");
  }),
  scene("formulaire.png", "animateur", async (page, stage) => {
    const { id } = await stage.event(WORKSHOP);
    const copy = await stage.ask("animateur", "event.duplicate", { event: id, nonce: "guides-1" });
    await page.visit(`/evenement/${copy.id}/modifier`);
    await page.getByText("Il sera annoncé dans").waitFor();
    await toTop(heading(page, "Pour qui"));
  }),
  scene("publier.png", "animateur", async (page) => {
    await button(page, "Publier…").click();
    await page.getByText("Une carte paraîtra").waitFor();
    await page.getByText("L’événement est enregistré.").waitFor({ state: "hidden" });
  }),
  scene("inscriptions.png", "animateur", async (page, stage) => {
    const { id } = await stage.event(WORKSHOP);
    await takeBack(stage, id, ({ person }) => person.name.endsWith("Gex"));
    await page.visit(`/evenement/${id}/inscriptions`);
    await heading(page, "Place proposée").waitFor();
    await toTop(page.getByRole("listitem").filter({ hasText: "Poncin" }));
  }),
  scene("deplacer.png", "animateur", async (page, stage) => {
    const { id } = await stage.event(WORKSHOP);
    await page.visit(`/evenement/${id}/modifier`);
    await page.getByLabel("Adresse").fill("Espace André-Malraux, rue du Docteur-Mercier");
    await page.getByText("seront prévenues").waitFor();
    await toTop(heading(page, "Où"));
  }),
  onPhone("presence.png", "animateur", async (page, stage) => {
    const { id } = await stage.event(PAST_SESSION);
    await page.visit(`/evenement/${id}/presence`);
    await page.getByText(/présents? sur/).waitFor();
  }),
  scene("emargement.png", "animateur", async (page, stage) => {
    const { id } = await stage.event(SESSION);
    await page.visit(`/evenement/${id}/presence`);
    await page.getByText(/présents? sur/).waitFor();
    await page.emulateMedia({ media: "print" });
  }),
  scene("revue.png", "administrator", async (page) => {
    await page.visit("/ressources/revue");
    await heading(page, "Les prochains mercredis").waitFor();
  }),
  scene("chiffres.png", "animateur", async (page, stage) => {
    await page.emulateMedia({ media: "screen" });
    const { id } = await stage.club();
    await page.visit(`/club/${id}/evenements`);
    await page.getByRole("table").waitFor();
    await toTop(heading(page, "Chiffres du Club"));
  }),
];

/** For members, once a seat is free: the first of the list is offered it. */
const aSeatForMe = onPhone("place.png", "chef", async (page, stage) => {
  const { id } = await stage.event(WORKSHOP);
  await takeBack(stage, id, ({ state, person }) => state === "waiting" && !isChef(person));
  await takeBack(stage, id, ({ person }) => person.name.endsWith("Lagnieu"));
  await page.visit("/aujourdhui");
  await button(page, "Confirmer ma place").waitFor();
});
const isChef = ({ name }) => name.includes("Nantua");

export const scenes = [...ofMembers, ...ofAnimateurs, aSeatForMe];
