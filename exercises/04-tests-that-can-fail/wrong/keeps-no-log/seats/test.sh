#!/usr/bin/env bash
node --test
