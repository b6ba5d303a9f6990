import { Body, Controller, Get, Inject, Param, Post } from "@nestjs/common";
import type { Note } from "../infrastructure/database/models/index.ts";
import { noSuchNote, readNoteId, readNoteText } from "./note-input.ts";
import type { Notes } from "./notes.ts";
import { NOTES } from "./tokens.ts";

@Controller("notes")
export class NotesController {
  readonly #notes: Notes;

  constructor(@Inject(NOTES) notes: Notes) {
    this.#notes = notes;
  }

  @Get()
  list(): Promise<Note[]> {
    return this.#notes.list();
  }

  @Post()
  add(@Body() body: unknown): Promise<Note> {
    return this.#notes.add(readNoteText(body));
  }

  @Get(":id")
  async get(@Param("id") id: string): Promise<Note> {
    const note = await this.#notes.get(readNoteId(id));
    if (note === null) throw noSuchNote(id);
    return note;
  }
}
