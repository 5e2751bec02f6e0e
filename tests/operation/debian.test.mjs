// The operator's page on a whole Debian 12 (LONG=1), and what only systemd can show: see debian.mjs.
import assert from "node:assert/strict";
import { before, describe, it } from "node:test";
import { lifetime } from "../lib/server.mjs";
import { Debian, whyNot } from "./debian.mjs";
import { follow, sections } from "./manual.mjs";

const skip = process.env.LONG ? whyNot() : "only with LONG=1";

const BRING_A_FILE = String.raw`token=$(beffroi token create --data /var/lib/beffroi --user anct@exemple.fr)
ask() {
    curl -fsS -H "Host: club.exemple.fr" -H "Authorization: Bearer $token" -H "Tus-Resumable: 1.0.0" "$@"
}
door=http://127.0.0.1:8080
echo "Le plan de la halle" >plan.txt
path=$(ask -D - -X POST -H "Upload-Length: $(stat -c %s plan.txt)" \
    -H "Upload-Metadata: filename $(printf plan.txt | base64)" $door/fichiers |
    tr -d '\r' | sed -n 's/^[Ll]ocation: //p')
ask -X PATCH -H "Content-Type: application/offset+octet-stream" -H "Upload-Offset: 0" \
    --data-binary @plan.txt "$door$path"
ask "$door$(echo "$path" | sed s/fichiers/fichier/)"
`;

/* A mail server of one letter, in the Perl that every Debian has. */
const POST_OFFICE = String.raw`use IO::Socket::INET;
my $door = IO::Socket::INET->new(Listen => 1, LocalAddr => "127.0.0.1", LocalPort => 2525) or die;
my $in = $door->accept;
my $letter = 0;
print $in "220 poste\r\n";
while (<$in>) {
    if ($letter) { print; $letter = 0, print $in "250 ok\r\n" if /^\.\r/; next }
    if (/^DATA/) { $letter = 1; print $in "354 oui\r\n"; next }
    print $in "250 ok\r\n";
    last if /^QUIT/;
}
`;
const SEND_A_LETTER = String.raw`echo "smtp_url = smtp://127.0.0.1:2525" >>/etc/beffroi/beffroi.conf
timeout 120 perl /source/poste.pl >/run/letter &
systemctl restart beffroi
curl -fsS -H "Host: club.exemple.fr" -H "Origin: https://club.exemple.fr" -H "Content-Type: application/json" \
    -d '{"email":"anct@exemple.fr"}' http://127.0.0.1:8080/api/v1/password.forgot
wait
cat /run/letter
`;

/* Who it was talking to is cut off; whoever comes once it is gone waits for the next. */
const KILL = `pid=$(systemctl show -P MainPID beffroi)
kill -KILL $pid
while [ -d /proc/$pid ]; do sleep 0.01; done
curl -fsS http://127.0.0.1:8080/healthz
echo
echo $pid
systemctl show -P MainPID beffroi
`;

describe("docs/exploitation.md on a Debian 12 of its own", { skip }, () => {
  const life = lifetime();
  let debian;
  before(async () => {
    debian = await Debian.create(life);
  });
  for (const section of sections().filter(({ blocks }) => blocks.length)) {
    it(`says what works: ${section.title}`, () => follow(debian, section));
  }

  it("leaves every file to the account of the server", async () => {
    assert.equal(await debian.sh("find /var/lib/beffroi ! -user beffroi\n"), "");
  });

  it("is shut in by Debian's own kernel", async () => {
    const log = await debian.sh("journalctl -u beffroi -o cat | grep event=CONFINED | tail -n 1\n");
    assert.match(log, /landlock=[1-9]\d* seccomp=1/);
  });

  it("takes a file in, which its helper looks into", async () => {
    assert.match(await debian.sh(BRING_A_FILE), /Le plan de la halle/);
  });

  it("sends a letter", async () => {
    await debian.put("poste.pl", POST_OFFICE);
    assert.match(await debian.sh(SEND_A_LETTER), /^To: .*anct@exemple\.fr/m);
  });

  it("is started again where it was killed, and refuses nobody meanwhile", async () => {
    const output = await debian.sh(KILL);
    assert.match(output, /"ok"/);
    const [killed, next] = output.match(/^\d+$/gm);
    assert.notEqual(killed, next);
  });

  it("makes its nightly copy by the timer's unit", async () => {
    assert.match(
      await debian.sh("systemctl list-timers --all beffroi-backup.timer\n"),
      /beffroi-backup/,
    );
    await debian.sh(
      "systemctl start beffroi-backup.service\nls /var/backups/beffroi/beffroi-*.db\n",
    );
  });

  it("stops in time, with code 0", async () => {
    const output = await debian.sh(
      "systemctl stop beffroi.socket beffroi\nsystemctl show -P Result -P ExecMainStatus beffroi\n",
    );
    assert.equal(output, "success\n0\n");
  });
});
