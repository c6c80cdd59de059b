using MarginalConditional.Compare;
using MarginalConditional.Data.Formulas;
using MarginalConditional.Data.Frames;
using MarginalConditional.Data.Tables;
using MarginalConditional.Gee;
using MarginalConditional.Gee.Correlation;
using MarginalConditional.Gee.Inference;
using MarginalConditional.Glmm;
using MarginalConditional.Statistics.Families;
using MarginalConditional.Statistics.Inference;

namespace MarginalConditional.Cli.Tests.Documents.Examples;

/// <summary>The library's example in README.md, line for line.</summary>
internal static class BothModels
{
    internal static void Run(TextWriter Console)
    {
        // One frame for both models: complete rows, sorted by cluster, factors coded.
        var trial = DatasetReader.Read("examples/toenail/toenail.csv");
        var frame = ModelFrameBuilder.Build(trial, new FrameRequest
        {
            Formula = FormulaParser.Parse("y ~ treatment * time + (1 | patientID)"),
        });

        var marginal = GeeFitter.Fit(frame, new GeeOptions { Family = Family.Binomial, Correlation = WorkingCorrelation.Exchangeable });
        var conditional = GlmmFitter.Fit(frame, new GlmmOptions { Family = Family.Binomial, Nodes = 50 });
        foreach (var row in GeeInference.Of(marginal).CoefficientTable())
        {
            Console.WriteLine($"{row.Term,-25} {row.Estimate,7:F3} ({row.StandardError:F3})");
        }

        Console.WriteLine(
            $"sd between patients {conditional.RandomEffects[0].StandardDeviations[0]:F2}, log-likelihood {conditional.LogLikelihood:F2}");

        // Both again, side by side, and why they differ.
        var comparison = ModelComparer.Compare(
            frame,
            new ComparisonOptions { Treatment = "treatment", Gee = marginal.Options, Glmm = conditional.Options });
        var gap = comparison.Effects[0].Gap;
        Console.WriteLine($"gap {gap.Total.Estimate:F3} = non-collapsibility {gap.NonCollapsibility.Estimate:F3} + rest "
            + $"{gap.Rest.Estimate:F3} (p = {gap.Rest.PValue:F2})");
    }
}
