import type { Transaction } from "sequelize";
import { Note } from "../infrastructure/database/models/index.ts";

/** Runs a use case in one transaction: to read, or to write and commit when the use case ends well. */
export interface UnitOfWork {
  read<Result>(
    work: (transaction: Transaction) => Promise<Result>,
  ): Promise<Result>;
  write<Result>(
    work: (transaction: Transaction) => Promise<Result>,
  ): Promise<Result>;
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
      unitOfWork.read((transaction) =>
        Note.findAll({ order: [["id", "DESC"]], limit: 100, transaction }),
      ),
    get: (id) =>
      unitOfWork.read((transaction) => Note.findByPk(id, { transaction })),
    add: (text) =>
      unitOfWork.write((transaction) => Note.create({ text }, { transaction })),
  };
}
