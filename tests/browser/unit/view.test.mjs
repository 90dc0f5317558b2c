// The view that client/casework package_fields writes, and views that are anything else.
import assert from "node:assert/strict";
import { test } from "node:test";
import { modules } from "../lib/modules.mjs";
import { kView } from "../mock/papers.mjs";

const { view } = modules;

test("LegsAndOnwardTravelAreOnePlan", () => {
    const legs = view.legs_of(kView);
    assert.deepEqual(legs.map(({ from, to }) => [from.name, to.name]), [
        ["Stockholm Arlanda (ARN)", "Wien Schwechat (VIE)"],
        ["Wien Schwechat (VIE)", "București Otopeni (OTP)"],
        ["Otopeni", "Brăila"],
    ]);
    assert.deepEqual(legs.map((leg, index) => view.change_minutes(leg, legs[index + 1])), [80, 50, undefined]);
});

test("NamesStandInTheOrderOfThePerson", () => {
    assert.deepEqual(view.travellers_of(kView).map(({ name }) => name), ["Ionela Popescu", "Popescu Andrei"]);
});

test("MeetingsCarryTheCodePhrase", () => {
    assert.deepEqual(view.meetings_of(kView).map(({ place, code_phrase }) => [place, code_phrase]), [["Information desk, arrivals", "blue lantern"]]);
});

test("WhatIsMissingOrOfAnotherShapeIsPassedOver", () => {
    for (const odd of [{}, { legs: 3, contacts: null, persons: "x", handovers: {} }, { legs: [null, 1, {}], contacts: [{}], persons: [{}], handovers: [[]] }]) {
        assert.deepEqual([view.legs_of(odd), view.contacts_of(odd), view.travellers_of(odd), view.meetings_of(odd)], [[], [], [], []]);
    }
});
