// The client's own names for what the wire describes, and what it keeps of a person.

import type { Node } from "../gen/protocol.ts";

export type {
  Account,
  Author,
  Breath,
  Can,
  ChannelView as Channel,
  ClubView as Club,
  Commands,
  Fact,
  Guest,
  Hello,
  Hit,
  InvitationShown as Invitation,
  Level,
  Limits,
  Me,
  Member,
  Membership,
  Message,
  Node,
  Nodes,
  PageSlug,
  Post,
  Posting,
  Problem,
  Role,
  TodayChannel,
  TodayClub,
  Town,
} from "../gen/protocol.ts";

/** A node that is not plain text. */
export type NodeObject = Exclude<Node, string>;

/** Somebody met in a message, a list or a conversation; what is not known yet is absent. */
export interface Person {
  id: number;
  name?: string;
  function?: string;
  role?: string;
}
