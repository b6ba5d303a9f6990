import {
  type CreationOptional,
  DataTypes,
  type ForeignKey,
  type InferAttributes,
  type InferCreationAttributes,
  literal,
  Model,
  type NonAttribute,
  type Sequelize,
} from "sequelize";

/** The classes below, bound to one Sequelize instance. */
export type TestModels = ReturnType<typeof defineModels>;

/** Fresh model classes for one engine, with every kind of association. */
export function defineModels(sequelize: Sequelize) {
  const id = {
    type: DataTypes.INTEGER,
    autoIncrement: true,
    primaryKey: true,
  } as const;

  class Team extends Model<
    InferAttributes<Team>,
    InferCreationAttributes<Team>
  > {
    declare id: CreationOptional<number>;
    declare name: string;
    declare motto: CreationOptional<string | null>;
    declare players?: NonAttribute<Player[]>;
  }
  Team.init(
    {
      id,
      name: { type: DataTypes.STRING, allowNull: false, unique: true },
      motto: { type: DataTypes.STRING },
    },
    { sequelize, tableName: "teams", timestamps: false },
  );

  class Player extends Model<
    InferAttributes<Player>,
    InferCreationAttributes<Player>
  > {
    declare id: CreationOptional<number>;
    declare name: string;
    declare score: CreationOptional<number>;
    declare teamId: CreationOptional<ForeignKey<number>>;
    declare createdAt: CreationOptional<Date>;
    declare updatedAt: CreationOptional<Date>;
    declare team?: NonAttribute<Team>;
    declare tags?: NonAttribute<Tag[]>;
  }
  Player.init(
    {
      id,
      name: {
        type: DataTypes.STRING,
        allowNull: false,
        validate: { notEmpty: true },
      },
      score: { type: DataTypes.INTEGER, allowNull: false, defaultValue: 0 },
      teamId: { type: DataTypes.INTEGER, allowNull: false },
      createdAt: DataTypes.DATE,
      updatedAt: DataTypes.DATE,
    },
    { sequelize, tableName: "players", underscored: true },
  );
  Player.belongsTo(Team, { as: "team", foreignKey: "teamId" });
  Team.hasMany(Player, { as: "players", foreignKey: "teamId" });

  class Tag extends Model<InferAttributes<Tag>, InferCreationAttributes<Tag>> {
    declare code: string;
  }
  Tag.init(
    { code: { type: DataTypes.STRING, primaryKey: true } },
    { sequelize, tableName: "tags", timestamps: false },
  );
  class PlayerTag extends Model<
    InferAttributes<PlayerTag>,
    InferCreationAttributes<PlayerTag>
  > {
    declare playerId: CreationOptional<number>;
    declare tagCode: CreationOptional<string>;
    declare weight: CreationOptional<number | null>;
  }
  PlayerTag.init(
    {
      playerId: { type: DataTypes.INTEGER, primaryKey: true },
      tagCode: { type: DataTypes.STRING, primaryKey: true },
      weight: DataTypes.INTEGER,
    },
    { sequelize, tableName: "player_tags", timestamps: false },
  );
  Player.belongsToMany(Tag, {
    as: "tags",
    through: PlayerTag,
    foreignKey: "playerId",
    otherKey: "tagCode",
  });

  class Employee extends Model<
    InferAttributes<Employee>,
    InferCreationAttributes<Employee>
  > {
    declare id: CreationOptional<number>;
    declare name: string;
    declare managerId: CreationOptional<ForeignKey<number> | null>;
    declare manager?: NonAttribute<Employee>;
    declare reports?: NonAttribute<Employee[]>;
  }
  Employee.init(
    { id, name: DataTypes.STRING },
    { sequelize, tableName: "employees", timestamps: false },
  );
  Employee.belongsTo(Employee, { as: "manager", foreignKey: "managerId" });
  Employee.hasMany(Employee, { as: "reports", foreignKey: "managerId" });

  class Country extends Model<
    InferAttributes<Country>,
    InferCreationAttributes<Country>
  > {
    declare id: CreationOptional<number>;
    declare name: string;
    declare capitalId: CreationOptional<ForeignKey<number> | null>;
    declare capital?: NonAttribute<City>;
    declare cities?: NonAttribute<City[]>;
  }
  class City extends Model<
    InferAttributes<City>,
    InferCreationAttributes<City>
  > {
    declare id: CreationOptional<number>;
    declare name: string;
    declare countryId: CreationOptional<ForeignKey<number>>;
    declare country?: NonAttribute<Country>;
  }
  Country.init(
    { id, name: DataTypes.STRING },
    { sequelize, tableName: "countries", timestamps: false },
  );
  City.init(
    {
      id,
      name: DataTypes.STRING,
      countryId: { type: DataTypes.INTEGER, allowNull: false },
    },
    { sequelize, tableName: "cities", timestamps: false },
  );
  City.belongsTo(Country, { as: "country", foreignKey: "countryId" });
  Country.hasMany(City, { as: "cities", foreignKey: "countryId" });
  Country.belongsTo(City, { as: "capital", foreignKey: "capitalId" });

  class Sample extends Model<
    InferAttributes<Sample>,
    InferCreationAttributes<Sample>
  > {
    declare key: CreationOptional<string>;
    declare label: string;
    declare amount: CreationOptional<number>;
    declare payload: CreationOptional<Record<string, unknown> | null>;
    declare moment: CreationOptional<Date | null>;
    declare flag: CreationOptional<boolean | null>;
    declare computed: CreationOptional<number>;
    declare secret: CreationOptional<string | null>;
    declare shout: CreationOptional<string>;
  }
  Sample.init(
    {
      key: {
        type: DataTypes.UUID,
        primaryKey: true,
        defaultValue: DataTypes.UUIDV4,
      },
      label: { type: DataTypes.STRING, allowNull: false },
      amount: {
        type: DataTypes.INTEGER,
        field: "the_amount",
        defaultValue: () => 7,
      },
      payload: DataTypes.JSON,
      moment: DataTypes.DATE,
      flag: DataTypes.BOOLEAN,
      computed: { type: DataTypes.INTEGER, defaultValue: literal("(40 + 2)") },
      secret: {
        type: DataTypes.STRING,
        set(value: string | null) {
          this.setDataValue("secret", value === null ? null : `<${value}>`);
        },
      },
      shout: {
        type: DataTypes.VIRTUAL,
        get() {
          return this.label.toUpperCase();
        },
        set(value: string) {
          this.setDataValue("shout", value);
        },
      },
    },
    { sequelize, tableName: "samples", timestamps: false },
  );

  class Hooked extends Model<
    InferAttributes<Hooked>,
    InferCreationAttributes<Hooked>
  > {
    declare id: CreationOptional<number>;
    declare name: string;
  }
  Hooked.init(
    { id, name: { type: DataTypes.STRING, allowNull: false, unique: true } },
    { sequelize, tableName: "hooked", timestamps: false },
  );

  class Softy extends Model<
    InferAttributes<Softy>,
    InferCreationAttributes<Softy>
  > {
    declare id: CreationOptional<number>;
    declare name: string;
    declare version: CreationOptional<number>;
    declare deletedAt: CreationOptional<Date | null>;
  }
  Softy.init(
    {
      id,
      name: DataTypes.STRING,
      version: { type: DataTypes.INTEGER, allowNull: false, defaultValue: 0 },
      deletedAt: DataTypes.DATE,
    },
    {
      sequelize,
      tableName: "softies",
      paranoid: true,
      version: true,
      createdAt: false,
      updatedAt: false,
    },
  );

  return {
    Team,
    Player,
    Tag,
    PlayerTag,
    Employee,
    Country,
    City,
    Sample,
    Hooked,
    Softy,
  };
}
