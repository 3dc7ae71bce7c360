from widgets.optimizer_race.explorer import OptimizerRace as OptimizerRace
