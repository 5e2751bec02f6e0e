import { chromium } from "playwright-core";
import { readFileSync } from "node:fs";
const [base, who, ...paths] = process.argv.slice(2);
const line = readFileSync("/tmp/dd/demo.txt","utf8").split("\n").find(l=>l.startsWith(who));
const [, email, password] = line.match(/(\S+@\S+)\s+(\S+)/);
const b = await chromium.launch({executablePath:"/usr/bin/chromium",args:["--no-sandbox"]});
const dark = process.env.DARK ? "dark":"light";
const vp = process.env.NARROW ? {width:360,height:780}:{width:1280,height:860};
const ctx = await b.newContext({viewport:vp,colorScheme:dark,locale:"fr-FR",timezoneId:process.env.TZID||"Europe/Paris"});
const p = await ctx.newPage();
p.on("console",m=>{if(m.type()==="error")console.log("console:",m.text())});
p.on("pageerror",e=>console.log("pageerror:",e.message));
await p.goto(base+"/connexion");
await p.fill('input[type=email]',email); await p.fill('input[type=password]',password);
await p.click('button[type=submit]'); await p.waitForURL(/aujourdhui/); await p.waitForTimeout(800);
for (const one of paths){ const [path,name]=one.split("="); await p.goto(base+path); await p.waitForTimeout(1500); await p.screenshot({path:`/tmp/v-${name}.png`,fullPage:!!process.env.FULL}); }
await b.close();
