TERMS = ()
