"""The course's command, `nnlib-course`: opens JupyterLab on copies of the lessons. See command.py."""
