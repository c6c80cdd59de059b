// The marginal and the conditional effect of one trial, why they differ, and the ladder of estimands between them.
using MarginalConditional.Compare;
using MarginalConditional.Data.Formulas;
using MarginalConditional.Data.Frames;
using MarginalConditional.Data.Tables;
using MarginalConditional.Gee;
using MarginalConditional.Glmm;
using MarginalConditional.Statistics.Families;

var data = DatasetReader.Read(args[0]);
var frame = ModelFrameBuilder.Build(data, new FrameRequest { Formula = FormulaParser.Parse("y ~ t + x + (1 | site)"), Cluster = "site" });
var comparison = ModelComparer.Compare(frame, new ComparisonOptions
{
    Treatment = "t",
    Gee = new GeeOptions { Family = Family.Binomial },
    Glmm = new GlmmOptions { Family = Family.Binomial },
});
Console.WriteLine(comparison);
foreach (var row in comparison.Effects[0].Rows)
{
    Console.WriteLine(FormattableString.Invariant($"{row.Estimand}: {row.Inference.Estimate:R} {row.Inference.StandardError:R}"));
}

foreach (var rung in comparison.Ladder.Rungs.Where(rung => rung.Scale == "log odds ratio"))
{
    Console.WriteLine(FormattableString.Invariant($"rung {rung.Rung}, {rung.Weighting}: {rung.Inference.Estimate:R}"));
}

foreach (var sentence in comparison.Verdict)
{
    Console.WriteLine(sentence);
}
