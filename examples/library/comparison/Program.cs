// The marginal and the conditional effect of one trial, why they differ, and the ladder of estimands between them; with a way to stop
// the work, and word of how far it has come.
using MarginalConditional.Compare;
using MarginalConditional.Data.Formulas;
using MarginalConditional.Data.Frames;
using MarginalConditional.Data.Tables;
using MarginalConditional.Gee;
using MarginalConditional.Glmm;
using MarginalConditional.Statistics.Families;
using MarginalConditional.Statistics.Parallelism;

var data = DatasetReader.Read(args[0]);
var frame = ModelFrameBuilder.Build(data, new FrameRequest { Formula = FormulaParser.Parse("y ~ t + x + (1 | site)"), Cluster = "site" });
using var stop = new CancellationTokenSource();
Console.CancelKeyPress += (_, pressed) =>
{
    pressed.Cancel = true;
    stop.Cancel();
};
using var heard = ProgressScope.Enter(
    new Progress<WorkProgress>(told => Console.Error.WriteLine($"{told.Done} of {told.Total} {told.Work}")));
var comparison = ModelComparer.Compare(frame, new ComparisonOptions
{
    Treatment = "t",
    Gee = new GeeOptions { Family = Family.Binomial },
    Glmm = new GlmmOptions { Family = Family.Binomial },
}, stop.Token);
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
