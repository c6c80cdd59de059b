using MarginalConditional.Compare.Simulation.Designs;
using MarginalConditional.Compare.Simulation.Effects;
using MarginalConditional.Statistics.Quadrature;

namespace MarginalConditional.Compare.Simulation.Truths;

/// <summary>Rows of the population that a marginal model sees alike: their columns, their true mean, and their share.</summary>
/// <param name="Columns">The columns of the model, p values.</param>
/// <param name="Mean">The true mean of the outcome given the columns.</param>
/// <param name="Share">Their share of all rows.</param>
internal sealed record LimitRow(double[] Columns, double Mean, double Share)
{
    /// <summary>Points of the rule for a normal covariate: the logistic function of any usual slope to ten digits.</summary>
    private const int CovariatePoints = 40;

    /// <summary>More rows than this are not solved for.</summary>
    private const int Most = 3_000_000;

    /// <summary>The true probabilities that an ordered outcome exceeds each threshold; empty for every other outcome.</summary>
    public double[] Above { get; init; } = [];

    /// <summary>The known part of the linear predictor, link scale. Default 0.</summary>
    public double Offset { get; init; }

    /// <summary>The rows of a population; none where they are not known or too many.</summary>
    public static IReadOnlyList<LimitRow> Of(Mechanism mechanism, Population population, bool adjusted)
    {
        var grid = adjusted ? Grid(mechanism.Covariates) : [(Array.Empty<double>(), 1.0)];
        var rows = new List<LimitRow>();
        if (grid is null || (long)grid.Count * population.Places.Length > Most)
        {
            return rows;
        }

        foreach (var place in population.Places)
        {
            var design = mechanism.Design;
            var treated = population.IsTreated(place);
            var x = new double[design.Columns.Count];
            design.Fill(design.Treatment(place.Sequence, place.Row, place.Size), place.Row, place.Size, x);
            var eta = population.Observed(place);
            var law = adjusted ? population.Effects(place, treated) : population.Everything(place, treated);
            foreach (var (values, weight) in grid)
            {
                var shift = values.Zip(mechanism.Covariates, (value, covariate) => value * covariate.SlopeOf(treated)).Sum();
                rows.Add(mechanism.Ordinal is null
                    ? new LimitRow([.. x, .. values], law.Mean(population.Link, eta + shift), place.Participants * weight)
                    : new LimitRow([.. x, .. values], double.NaN, place.Participants * weight)
                    {
                        Above = population.Above(law, eta + shift),
                    });
            }
        }

        return rows;
    }

    /// <summary>The values of all covariates with their probabilities; null where there are too many.</summary>
    private static List<(double[] Values, double Weight)>? Grid(IReadOnlyList<Covariate> covariates)
    {
        List<(double[] Values, double Weight)> grid = [([], 1.0)];
        foreach (var covariate in covariates)
        {
            var nodes = Nodes(covariate.Law);
            if ((long)grid.Count * nodes.Points.Length > Most)
            {
                return null;
            }

            grid = [.. grid.SelectMany(_ => nodes.Points.ToArray().Zip(nodes.Weights.ToArray()), (cell, node) =>
                ((double[])[.. cell.Values, node.First], cell.Weight * node.Second))];
        }

        return grid;
    }

    private static EffectNodes Nodes(IEffectLaw law)
    {
        if (!law.IsNormal)
        {
            return law.Nodes();
        }

        var rule = GaussHermiteRule.OfSize(CovariatePoints);
        return new EffectNodes([.. rule.Nodes.ToArray().Select(z => law.StandardDeviation * z)], rule.Weights.ToArray());
    }
}
