# One fit by clmm: file, formula, nodes. Prints the user seconds of the fit and its log-likelihood.
suppressMessages(library(ordinal))
arguments <- commandArgs(TRUE)
data <- read.csv(arguments[1])
data$y <- factor(data$y)
data$id <- factor(data$id)
data$item <- factor(data$item)
seconds <- system.time(
  fit <- clmm(as.formula(arguments[2]), data = data, nAGQ = as.integer(arguments[3])))[["user.self"]]
cat(seconds, format(as.numeric(logLik(fit)), digits = 12), "\n")
