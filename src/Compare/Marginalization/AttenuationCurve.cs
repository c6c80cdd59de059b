using MarginalConditional.Glmm;
using MarginalConditional.Statistics.NormalMeans;

namespace MarginalConditional.Compare.Marginalization;

/// <summary>
/// The marginal coefficient of a logit model as the spread of the clusters grows, everything else as in a fit: exact, and by both closed
/// forms. Immutable.
/// </summary>
public sealed record AttenuationCurve
{
    private const int Steps = 24;

    /// <summary>The coefficient's name.</summary>
    public required string Name { get; init; }

    /// <summary>The conditional coefficient, which does not depend on the spread.</summary>
    public required double Conditional { get; init; }

    /// <summary>σ of the fit.</summary>
    public required double Spread { get; init; }

    /// <summary>The marginal coefficient at <see cref="Spread"/>.</summary>
    public required double Marginal { get; init; }

    /// <summary>σ from 0, ascending, with the marginal coefficient: exact, by Zeger, Liang and Albert, by Neuhaus and others.</summary>
    public required IReadOnlyList<(double Spread, double Exact, double ZegerLiangAlbert, double NeuhausKalbfleischHauck)> Points
    {
        get;
        init;
    }

    /// <summary>The curve of one coefficient; null for a model without the logit link or without one random intercept.</summary>
    /// <param name="fit">The fit.</param>
    /// <param name="coefficient">The coefficient's index.</param>
    /// <remarks>
    /// At every σ the fit's own coefficients are marginalized over its own rows: the intercept and the other effects stay, as they
    /// would if the same clusters differed more or less.
    /// </remarks>
    public static AttenuationCurve? Of(GlmmFit fit, int coefficient)
    {
        ArgumentNullException.ThrowIfNull(fit);
        ArgumentOutOfRangeException.ThrowIfNegative(coefficient);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(coefficient, fit.Coefficients.Length);
        var model = ConditionalModel.Of(fit);
        if (model.Mean is not MarginalMean.Logit || fit.RandomEffects is not [{ Dimension: 1 } random])
        {
            return null;
        }

        var sigma = random.StandardDeviations[0];
        var most = Math.Max(3, 1.5 * sigma);
        var points = new List<(double, double, double, double)>();
        for (var k = 0; k <= Steps; k++)
        {
            var spread = most * k / Steps;
            var marginal = Marginalizer.Marginalize(model.WithSpread(spread));
            var closed = ClosedFormMarginals.Of(marginal)!;
            points.Add((
                spread,
                marginal.Estimates[coefficient],
                closed.ZegerLiangAlbert[coefficient],
                closed.NeuhausKalbfleischHauck.IsEmpty ? double.NaN : closed.NeuhausKalbfleischHauck[coefficient]));
        }

        return new AttenuationCurve
        {
            Name = fit.Frame.Design.Names[coefficient],
            Conditional = fit.Coefficients[coefficient],
            Spread = sigma,
            Marginal = Marginalizer.Marginalize(model).Estimates[coefficient],
            Points = points,
        };
    }
}
