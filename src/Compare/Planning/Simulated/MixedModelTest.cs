using MarginalConditional.Data.Formulas;
using MarginalConditional.Data.Frames;
using MarginalConditional.Data.Tables;
using MarginalConditional.Glmm;
using MarginalConditional.Statistics.Families;

namespace MarginalConditional.Compare.Planning.Simulated;

/// <summary>The log odds ratio at a cluster over its standard error, by the logistic model with normal intercepts.</summary>
internal sealed class MixedModelTest : TrialTest
{
    private static readonly FrameRequest Request = new() { Formula = FormulaParser.Parse("events / size ~ arm + (1 | id)") };

    private static readonly GlmmOptions Options = new() { Family = Family.Binomial, Nodes = 7, CheckNodes = false, Threads = 1 };

    /// <inheritdoc/>
    public override double Statistic(double[] sizes, double[] sums, bool[] treated)
    {
        var id = new double[sizes.Length];
        for (var c = 0; c < id.Length; c++)
        {
            id[c] = c;
        }

        var data = new Dataset("trial", [
            new NumericColumn("id", id),
            new NumericColumn("arm", [.. treated.Select(own => own ? 1.0 : 0.0)]),
            new NumericColumn("size", sizes),
            new NumericColumn("events", sums),
        ]);
        var fit = GlmmFitter.Fit(ModelFrameBuilder.Build(data, Request), Options);
        return fit.Convergence.Converged && !fit.HasInfiniteEstimates && fit.StandardErrors[1] > 0
            ? fit.Coefficients[1] / fit.StandardErrors[1]
            : double.NaN;
    }
}
