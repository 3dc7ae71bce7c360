from widgets.predict.explorer import Predict as Predict
