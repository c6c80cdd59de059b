using MarginalConditional.Data.Frames;
using MarginalConditional.Glmm.Predictions;
using MarginalConditional.Statistics.Families;
using MarginalConditional.Statistics.Parallelism;
using MarginalConditional.Statistics.Random;

namespace MarginalConditional.Glmm.Residuals;

/// <summary>
/// Scaled residuals: where each outcome lies among outcomes drawn from the fitted model, new random effects and all; uniform on (0, 1)
/// whatever the family when the model is right. Immutable.
/// </summary>
/// <remarks>
/// The idea is that of Dunn and Smyth (1996), by simulation as in R's DHARMa (Hartig). Equal outcomes are put in a random order, so that
/// the data and the draws are exchangeable; every figure is therefore judged by the same figure of each draw among all the others, which
/// allows for rows of one group depending on each other. That parameters were estimated makes p-values a little too large.
/// </remarks>
/// <example>
/// <code>
/// using MarginalConditional.Data.Formulas;
/// using MarginalConditional.Data.Frames;
/// using MarginalConditional.Data.Tables;
/// using MarginalConditional.Glmm;
/// using MarginalConditional.Glmm.Residuals;
/// using MarginalConditional.Statistics.Families;
///
/// var data = DatasetReader.Read("trial.csv");
/// var frame = ModelFrameBuilder.Build(
///     data, new FrameRequest { Formula = FormulaParser.Parse("y ~ arm + (1 | site)") });
/// var fit = GlmmFitter.Fit(frame, new GlmmOptions { Family = Family.Binomial });
/// if (SimulatedResiduals.Of(fit) is { } residuals)
/// {
///     Console.WriteLine($"{residuals.Uniformity} {residuals.Dispersion} {residuals.Outliers}");
/// }
/// </code>
/// </example>
public sealed class SimulatedResiduals
{
    /// <summary>The share of draws that stay within <see cref="Band"/>.</summary>
    public const double BandShare = 0.95;

    // Scenarios of the streams: draws are those that --simulated writes, and the order of ties is another.
    private const ulong DrawScenario = 0;
    private const ulong TieScenario = 1;

    private readonly double[] scaled;
    private readonly double[] predictions;

    private SimulatedResiduals(double[] scaled, double[] predictions)
    {
        this.scaled = scaled;
        this.predictions = predictions;
    }

    /// <summary>The number of draws.</summary>
    public required int Draws { get; init; }

    /// <summary>The scaled residuals, n values in (0, 1), in the frame's order; not numbers in rows without finite draws.</summary>
    public ReadOnlySpan<double> Scaled => scaled;

    /// <summary>The mean of each row at random effects of 0, n values (response scale).</summary>
    public ReadOnlySpan<double> Predictions => predictions;

    /// <summary>Kolmogorov and Smirnov's largest distance of the residuals' distribution from the uniform one.</summary>
    public required ResidualTest Uniformity { get; init; }

    /// <summary>
    /// The mean square of outcomes about the mean of the draws, in units of the draws' variance: large or small where outcomes vary more or
    /// less than the model says, random effects included.
    /// </summary>
    public required ResidualTest Dispersion { get; init; }

    /// <summary>The number of rows whose outcome lies outside of all draws.</summary>
    public required ResidualTest Outliers { get; init; }

    /// <summary>The number of zeros; null for outcomes that are no counts.</summary>
    public required ResidualTest? Zeros { get; init; }

    /// <summary>The distance from uniformity that <see cref="BandShare"/> of the draws stay within.</summary>
    public required double Band { get; init; }

    /// <summary>Draws from a fit and compares; null for a fit without finite estimates.</summary>
    /// <param name="fit">The fit.</param>
    /// <param name="draws">The number of draws, 20 or more; 250 tell p-values to 0.004.</param>
    /// <param name="seed">Of the streams: draw r always gets the same numbers.</param>
    public static SimulatedResiduals? Of(GlmmFit fit, int draws = 250, ulong seed = 1)
    {
        ArgumentNullException.ThrowIfNull(fit);
        ArgumentOutOfRangeException.ThrowIfLessThan(draws, 20);
        if (fit.HasInfiniteEstimates || !fit.Convergence.Converged)
        {
            return null;
        }

        var frame = fit.Frame;
        var outcomes = new double[draws + 1][];
        outcomes[0] = frame.Response.ToArray();
        using var work = LongWork.Begin("draws of the outcomes", draws);
        for (var draw = 0; draw < draws; draw++)
        {
            CancellationScope.Check();
            outcomes[draw + 1] = GlmmSimulator.Draw(fit, new RandomStream(seed, DrawScenario, (ulong)draw));
            work.Step();
        }

        var ranks = new OutcomeRanks(outcomes);
        for (var row = 0; row < frame.Rows; row++)
        {
            CancellationScope.Check(row);
            ranks.Add(row, new RandomStream(seed, TieScenario, (ulong)row));
        }

        var distances = ranks.Distances();
        var counts = fit.Family == Family.Poisson || fit.Family is Family.NegativeBinomialFamily;
        return new SimulatedResiduals(ranks.Scaled, Means(fit))
        {
            Draws = draws,
            Uniformity = ResidualTest.Upper(distances),
            Dispersion = ResidualTest.TwoSided(ranks.MeanSquares()),
            Outliers = ResidualTest.Upper(ranks.Outliers),
            Zeros = counts ? ResidualTest.TwoSided(ranks.Zeros) : null,
            Band = distances[1..].Order().ElementAt((int)Math.Ceiling(BandShare * draws) - 1),
        };
    }

    private static double[] Means(GlmmFit fit)
    {
        var means = LinearPredictor.Of(fit.Frame, fit.Coefficients);
        for (var row = 0; row < means.Length; row++)
        {
            CancellationScope.Check(row);
            means[row] = (1 - fit.InflationOf(row)) * fit.Link.Mean(means[row]);
        }

        return means;
    }
}
