import { DataTypes } from "sequelize";
import type { MigrationStep } from "../migration.ts";

export const up: MigrationStep = async ({ queryInterface }) => {
  await queryInterface.createTable("notes", {
    id: { type: DataTypes.INTEGER, autoIncrement: true, primaryKey: true },
    text: { type: DataTypes.STRING(500), allowNull: false },
    created_at: { type: DataTypes.DATE, allowNull: false },
  });
};

export const down: MigrationStep = async ({ queryInterface }) => {
  await queryInterface.dropTable("notes");
};
