using MarginalConditional.Data.Frames;
using MarginalConditional.Gee.Correlation;
using MarginalConditional.Gee.Inference;
using MarginalConditional.Statistics.Parallelism;

namespace MarginalConditional.Gee.Ordinal;

/// <summary>
/// Fits cumulative models P(Y ≤ k) = F(θ_k − xβ) of ordered outcomes by generalized estimating equations. Stateless; every fit returns,
/// with its convergence and warnings as data.
/// </summary>
/// <remarks>
/// The equations are those of the indicators z_k = 1(Y ≤ k) with the working covariance Cov(z_t, z_s) = ρ_ts L_t L_sᵀ, where L Lᵀ is the
/// exact covariance of the indicators of one outcome. With one threshold this is the binary model of z with scale 1.
/// </remarks>
/// <example>
/// <code>
/// using MarginalConditional.Data.Formulas;
/// using MarginalConditional.Data.Frames;
/// using MarginalConditional.Data.Tables;
/// using MarginalConditional.Gee.Ordinal;
///
/// var data = DatasetReader.Read("trial.csv");
/// var frame = ModelFrameBuilder.Build(
///     data,
///     new FrameRequest { Formula = FormulaParser.Parse("score ~ arm"), Cluster = "site", HasOrderedOutcome = true });
/// Console.WriteLine(OrdinalGeeFitter.Fit(frame, new OrdinalGeeOptions()));
/// </code>
/// </example>
public static class OrdinalGeeFitter
{
    /// <summary>Fits the marginal model of a frame.</summary>
    /// <param name="frame">Ordered outcomes, rows sorted by cluster and wave; the thresholds replace the design's intercept.</param>
    /// <param name="options">What to fit and how.</param>
    /// <param name="cancellation">Ends the work, as <see cref="CancellationScope"/> says.</param>
    /// <exception cref="ArgumentException">An option is out of its range, an outcome is no category, or a category has no row.</exception>
    public static OrdinalGeeFit Fit(ModelFrame frame, OrdinalGeeOptions options, CancellationToken cancellation = default)
    {
        using var scope = CancellationScope.Enter(cancellation);
        ArgumentNullException.ThrowIfNull(frame);
        ArgumentNullException.ThrowIfNull(options);
        RequireCategories(frame);
        var levels = frame.Categories;
        string[] names = [.. Enumerable.Range(0, levels.Count - 1).Select(k => $"{levels[k]}|{levels[k + 1]}")];
        var indicators = IndicatorFrame.Of(frame, names, options.Nominal);
        return new OrdinalGeeFit(frame, options, GeeFitter.Fit(indicators, options.OfIndicators(names.Length)));
    }

    /// <summary>Fits the model under each of some working associations, with the criteria that speak for or against them.</summary>
    /// <param name="frame">Ordered outcomes, with what every structure needs of them.</param>
    /// <param name="options">What else to fit and how; its own structure is passed over.</param>
    /// <param name="structures">The structures, in the order of the result. A decay of time is left out where waves have no times.</param>
    public static IReadOnlyList<CorrelationChoice> Choices(
        ModelFrame frame, OrdinalGeeOptions options, IReadOnlyList<WorkingCorrelation> structures)
    {
        ArgumentNullException.ThrowIfNull(frame);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(structures);
        return
        [
            .. structures.Where(structure => structure != WorkingCorrelation.Decay || !frame.WaveValues.IsEmpty)
                .Select(structure => Fit(frame, options with { Correlation = structure }).Indicators)
                .Select(fit => new CorrelationChoice
                {
                    Fit = fit,
                    Criteria = fit.Convergence.Converged ? InformationCriteria.Of(fit) : null,
                }),
        ];
    }

    private static void RequireCategories(ModelFrame frame)
    {
        var categories = frame.Categories.Count;
        if (categories < 2)
        {
            throw new ArgumentException("Ordered outcomes have two categories or more.", nameof(frame));
        }

        var rows = new int[categories];
        foreach (var outcome in frame.Response)
        {
            if (!(outcome >= 0 && outcome < categories) || outcome != Math.Floor(outcome))
            {
                throw new ArgumentException($"The outcome {outcome} is none of the categories 0 to {categories - 1}.", nameof(frame));
            }

            rows[(int)outcome]++;
        }

        if (Array.IndexOf(rows, 0) is >= 0 and var empty)
        {
            throw new ArgumentException($"Category {empty} has no row; leave its level out.", nameof(frame));
        }
    }
}
