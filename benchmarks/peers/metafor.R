# metafor on the same studies (rma.glmm also fits the models of its tests, about a third of its time): Rscript metafor.R METHOD FILE [REPEATS]; METHOD an estimator, or exact for the binomial-normal model.
suppressMessages(library(metafor))
arguments <- commandArgs(TRUE)
method <- arguments[1]
data <- read.csv(arguments[2])
repeats <- if (length(arguments) > 2) as.integer(arguments[3]) else 1
fit <- function() {
  if (method == "exact") {
    suppressWarnings(rma.glmm(measure = "OR", ai = tpos, bi = tneg, ci = cpos, di = cneg, data = data, model = "UM.FS", nAGQ = 25))
  } else {
    rma(yi, vi, data = data, method = method)
  }
}
seconds <- replicate(repeats, system.time(result <<- fit())[["elapsed"]])
cat("seconds", median(seconds), "estimates", sprintf("%.8f", c(result$beta, result$se, result$tau2)), "\n")
