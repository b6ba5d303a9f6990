import {
  type CreationOptional,
  DataTypes,
  type InferAttributes,
  type InferCreationAttributes,
  Model,
  type Sequelize,
} from "sequelize";

/** One row of `notes`. */
export class Note extends Model<
  InferAttributes<Note>,
  InferCreationAttributes<Note>
> {
  declare id: CreationOptional<number>;
  declare text: string;
  declare createdAt: CreationOptional<Date>;
}

/** Registers the model; models/index.ts calls it. */
export function initNote(sequelize: Sequelize): typeof Note {
  return Note.init(
    {
      id: { type: DataTypes.INTEGER, autoIncrement: true, primaryKey: true },
      text: { type: DataTypes.STRING(500), allowNull: false },
      createdAt: DataTypes.DATE,
    },
    { sequelize, tableName: "notes", underscored: true, updatedAt: false },
  );
}
