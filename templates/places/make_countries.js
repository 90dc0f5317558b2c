#!/usr/bin/env node
// Makes countries.tsv: ISO 3166-1 alpha-2 (and XK), names in English and Swedish as Unicode CLDR gives them through the
// Intl of the node that runs this, and the sets of states of docs/casework.md 4.2. Review the sets at each release.
'use strict';
const fs = require('fs');
const path = require('path');

const CODES = ('AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY BZ ' +
  'CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR GA GB GD ' +
  'GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM ' +
  'KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA ' +
  'NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ ' +
  'SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU ' +
  'WF WS XK YE YT ZA ZM ZW').split(' ');
const EU = 'AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK'.split(' ');
const EUP = [...EU, 'IS', 'LI', 'NO', 'CH'];
const NOT_SCHENGEN = ['IE', 'CY'];

const english = new Intl.DisplayNames(['en'], { type: 'region' });
const swedish = new Intl.DisplayNames(['sv'], { type: 'region' });
const lines = CODES.map((code) => {
  const set = !EUP.includes(code) ? '-' : NOT_SCHENGEN.includes(code) ? 'eup' : 'eup,schengen';
  return [code, english.of(code), swedish.of(code), set].join('\t');
});
fs.writeFileSync(path.join(__dirname, 'countries.tsv'),
  '# States: ISO 3166-1 alpha-2 and XK, English and Swedish name (Unicode CLDR), sets. eup: EU with IS LI NO CH; schengen:\n' +
  '# eup without IE and CY (BG and RO full members since 2025-01-01). Sets reviewed 2026-01-01. Made by make_countries.js.\n' +
  lines.join('\n') + '\n');
console.log(lines.length);
