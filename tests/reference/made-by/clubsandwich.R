# Cluster-robust standard errors of a linear model by clubSandwich, an implementation independent of GEE software (Debian r-cran-clubsandwich).
# With working independence and the identity link CR0 is the robust variance, CR2 that of Kauermann and Carroll (Bell and McCaffrey 2002),
# CR3 that of Mancl and DeRouen.
suppressMessages(library(clubSandwich))
d <- read.csv("../data/crt14.csv")
m <- lm(y ~ arm + x, d)
for (type in c("CR0", "CR2", "CR3")) {
  cat(type, sprintf("%.12f", sqrt(diag(as.matrix(vcovCR(m, cluster = d$cluster, type = type))))), "\n")
}
d <- read.csv("../data/dietox.csv")
m <- lm(Weight ~ Time, d)
for (type in c("CR0", "CR2", "CR3")) {
  cat(type, sprintf("%.12f", sqrt(diag(as.matrix(vcovCR(m, cluster = d$Pig, type = type))))), "\n")
}
cat("clubSandwich", as.character(packageVersion("clubSandwich")), R.version.string, "\n")
