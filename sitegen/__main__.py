"""python -m sitegen"""

from sitegen.cli import main

if __name__ == "__main__":  # a process that is started anew imports this module too
    main()
