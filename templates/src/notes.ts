import type { Session } from "../infrastructure/database/index.ts";
import { Note } from "../infrastructure/database/models/index.ts";

/** Runs a use case in one session: to read, or in a transaction that commits when the use case ends well. */
export interface UnitOfWork {
  read<Result>(work: (session: Session) => Promise<Result>): Promise<Result>;
  write<Result>(work: (session: Session) => Promise<Result>): Promise<Result>;
}

export interface Notes {
  /** The newest notes first, at most a hundred. */
  list(): Promise<Note[]>;
  /** The note with this id, or null. */
  get(id: number): Promise<Note | null>;
  /** Stores a note and returns it with its id. */
  add(text: string): Promise<Note>;
}

/** The use cases of the example; each is one unit of work. */
export function createNotes(unitOfWork: UnitOfWork): Notes {
  return {
    list: () =>
      unitOfWork.read((session) =>
        session.findAll(Note, { order: [["id", "DESC"]], limit: 100 }),
      ),
    get: (id) => unitOfWork.read((session) => session.get(Note, id)),
    add: (text) =>
      unitOfWork.write(async (session) => {
        const note = session.add(Note.build({ text }));
        await session.flush();
        return note;
      }),
  };
}
