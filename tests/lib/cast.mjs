// People in roles, ready to talk: made by the operator, let in by tokens (no password is hashed).
import { Client } from "./client.mjs";

let made = 0;

/**
 * A person in a Club (the Ain's unless told), as a Client that is not connected yet.
 * @param {{role?: string, departement?: string | null, administrator?: boolean, insee?: string, email?: string,
 *          scope?: "all" | "read"}} how departement null: the national Club
 */
export async function member(server, name, how = {}) {
  const {
    role = "partenaire",
    departement = "01",
    administrator,
    insee,
    scope,
    organisation,
  } = how;
  const email = how.email ?? `${slug(name)}-${++made}@exemple.fr`;
  const { id } = await server.admin("member.add", {
    email,
    name,
    role,
    ...(departement && { departement }),
    ...(administrator && { administrator }),
    ...(insee && { insee }),
    ...(organisation && { organisation }),
  });
  const client = new Client(server, { token: await tokenFor(server, id, scope) });
  return Object.assign(client, { id, email, name });
}

/** The same, connected. */
export async function connected(server, name, how) {
  const client = await member(server, name, how);
  await client.connect();
  return client;
}

/** A new bearer token of a person. */
export async function tokenFor(server, person, scope = "all") {
  const { token } = await server.admin("token.create", { person, scope, label: "test" });
  return token;
}

function slug(name) {
  return name
    .normalize("NFD")
    .replace(/[^a-zA-Z ]/g, "")
    .trim()
    .toLowerCase()
    .replace(/ +/g, ".");
}

/** The Club of a département, or the national one (null), as the client sees it. */
export async function clubOf(client, departement = "01") {
  const { clubs } = await client.ask("club.list");
  return clubs.find((club) => (club.departement ?? null) === departement);
}

/** A channel of a Club by its name. */
export async function channelOf(client, name = "Général", departement = "01") {
  const club = await clubOf(client, departement);
  const { channels } = await client.ask("channel.list", { club: club.id });
  return channels.find((channel) => channel.name === name);
}
