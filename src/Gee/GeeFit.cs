using MarginalConditional.Data.Frames;
using MarginalConditional.Gee.Correlation;
using MarginalConditional.Gee.Equations;
using MarginalConditional.Statistics.Inference;
using MarginalConditional.Statistics.Separation;

namespace MarginalConditional.Gee;

/// <summary>
/// A fitted marginal model: the prepared rows and the solution of the equations, both
/// immutable. Standard errors, tests and intervals are those of <c>GeeInference</c>.
/// </summary>
public sealed class GeeFit
{
    private readonly GeeSolution solution;

    internal GeeFit(GeeData data, GeeOptions options, GeeSolution solution)
    {
        Data = data;
        Options = options;
        this.solution = solution;
        Correlation = new CorrelationEstimate(
            options.Correlation,
            solution.Alpha,
            options.Correlation.LocalOdds is { HasScores: true } ? solution.Alpha.Length / data.Copies : solution.Alpha.Length);
    }

    /// <summary>The rows fitted.</summary>
    public ModelFrame Frame => Data.Frame;

    /// <summary>What was fitted and how.</summary>
    public GeeOptions Options { get; }

    /// <summary>β̂, p values (link scale), in the order of the design's columns. NaN when the equations have no finite value.</summary>
    public ReadOnlySpan<double> Coefficients => solution.Coefficients;

    /// <summary>φ̂, or the fixed scale.</summary>
    public double Scale => solution.Scale;

    /// <summary>The working correlation.</summary>
    public CorrelationEstimate Correlation { get; }

    /// <summary>
    /// U_c = D_cᵀV_c⁻¹(y_c − μ_c) for each cluster, K×p by rows; they add up to 0 at the solution, unless its bias is reduced.
    /// </summary>
    public ReadOnlySpan<double> ClusterScores => solution.Scores;

    /// <summary>M⁻¹ with M = Σ D_cᵀV_c⁻¹D_c, p×p; the influence of a cluster is M⁻¹U_c. NaN when M is singular.</summary>
    public ReadOnlySpan<double> Bread => solution.Bread;

    /// <summary>M = Σ D_cᵀV_c⁻¹D_c, p×p.</summary>
    public ReadOnlySpan<double> Information => solution.Information;

    /// <summary>The separated rows, and what becomes of the coefficients; null when the outcomes overlap.</summary>
    public SeparatedRows? Separated { get; private init; }

    /// <summary>
    /// The fit of the rows that are not separated, with the columns that these tell
    /// apart: where finite estimates come from. Null when no or every row is separated.
    /// </summary>
    public GeeFit? Finite { get; private init; }

    /// <summary>How the iteration ended. Its criterion is the largest scaled score |U_j| / √M_jj.</summary>
    public Convergence Convergence => solution.Convergence;

    /// <summary>
    /// What the reader should know of the estimates, one sentence each;
    /// <c>GeeInference.Warnings</c> adds what concerns their standard errors.
    /// </summary>
    public IReadOnlyList<string> Warnings => solution.Warnings;

    internal GeeData Data { get; }

    /// <summary>
    /// D_cᵀV_c⁻¹D_c for each cluster, K matrices p×p, which add up to <see cref="Information"/>. Each call makes a pass over the data.
    /// </summary>
    public double[] ClusterInformations() => ClusterTerms.Informations(Data, OpenKernel(), solution.Coefficients, Scale, Options.Threads);

    /// <summary>
    /// (M − A_c)⁻¹U_c of each cluster, K×p by rows: β̂ less the one-step estimate without it; NaN where M − A_c is singular.
    /// </summary>
    internal double[] ClusterDeletions() =>
        new ClusterDeletions(Data, OpenKernel(), solution.Information, Scale).Changes(solution.Coefficients, Options.Threads);

    /// <summary>μ̂ of each row (response scale), n values. Each call computes them anew.</summary>
    public double[] FittedMeans()
    {
        if (Separated is null)
        {
            var means = LinearPredictor.Of(Frame, Coefficients);
            if (Data.Stack is null)
            {
                Data.Link.Mean(means, means);
            }
            else
            {
                Data.Stack.MeanAndSlope([.. means], means, new double[means.Length]);
            }

            return means;
        }

        var limits = Finite?.FittedMeans() ?? new double[Frame.Rows];
        for (var row = 0; row < limits.Length; row++)
        {
            limits[row] = Separated.Rows[row] ? Frame.Response[row] : limits[row];
        }

        return limits;
    }

    /// <summary>This fit with the estimates that its coefficients tend to.</summary>
    /// <param name="separated">The rows that are separated.</param>
    /// <param name="finite">The fit of the others; null without any.</param>
    internal GeeFit AtTheLimit(SeparatedRows separated, GeeFit? finite)
    {
        var limits = separated.Spread(finite is null ? [] : finite.Coefficients);
        var at = solution with { Coefficients = limits, Scale = finite?.Scale ?? double.NaN, Alpha = finite?.solution.Alpha ?? [] };
        return new GeeFit(Data, Options, finite is null ? at : at with
        {
            Bread = separated.SpreadMatrix(finite.Bread),
            Warnings = [.. solution.Warnings, .. finite.Warnings],
        })
        { Separated = separated, Finite = finite };
    }

    /// <summary>Gives a kernel of this structure on other rows the correlation that the fit ended with.</summary>
    internal void CopyCorrelation(CorrelationKernel kernel) => solution.Correlation?.CopyTo(kernel.Numbers, 0);

    /// <summary>A working correlation of one's own, as the fit ended with it: independence where it never had another.</summary>
    internal CorrelationKernel OpenKernel()
    {
        if (solution.Correlation is not { } numbers)
        {
            return WorkingCorrelation.Independence.CreateKernel(Data.CorrelationInput);
        }

        var kernel = Options.Correlation.CreateKernel(Data.CorrelationInput);
        numbers.CopyTo(kernel.Numbers, 0);
        kernel.Prepare();
        return kernel;
    }

    /// <summary>In one line: what was fitted, to how many rows and clusters, and how it ended.</summary>
    public override string ToString() =>
        $"GEE of {Frame.ResponseName}: {Options.Family}, {Options.EffectiveLink}, {Correlation.Name}; {Frame}; {Convergence}";
}
