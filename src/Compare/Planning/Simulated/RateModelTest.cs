using MarginalConditional.Data.Formulas;
using MarginalConditional.Data.Frames;
using MarginalConditional.Data.Tables;
using MarginalConditional.Glmm;
using MarginalConditional.Statistics.Families;

namespace MarginalConditional.Compare.Planning.Simulated;

/// <summary>The log rate ratio at a cluster over its standard error, by the Poisson model with normal intercepts.</summary>
/// <param name="time">The time at risk of a row.</param>
internal sealed class RateModelTest(double time) : TrialTest
{
    private static readonly FrameRequest Request = new() { Formula = FormulaParser.Parse("events ~ arm + (1 | id)"), Offset = "exposure" };

    private static readonly GlmmOptions Options = new() { Family = Family.Poisson, Nodes = 7, CheckNodes = false, Threads = 1 };

    /// <inheritdoc/>
    public override double Statistic(double[] sizes, double[] sums, bool[] treated)
    {
        var data = new Dataset("trial", [
            new NumericColumn("id", [.. sizes.Select((_, c) => (double)c)]),
            new NumericColumn("arm", [.. treated.Select(own => own ? 1.0 : 0.0)]),
            new NumericColumn("exposure", [.. sizes.Select(size => Math.Log(size * time))]),
            new NumericColumn("events", sums),
        ]);
        var fit = GlmmFitter.Fit(ModelFrameBuilder.Build(data, Request), Options);
        return fit.Convergence.Converged && !fit.HasInfiniteEstimates && fit.StandardErrors[1] > 0
            ? fit.Coefficients[1] / fit.StandardErrors[1]
            : double.NaN;
    }
}
