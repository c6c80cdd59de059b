using MarginalConditional.Glmm.Effects;
using MarginalConditional.Glmm.Fitting;
using MarginalConditional.Glmm.Quadrature;
using MarginalConditional.Glmm.Tests.Reference;
using MarginalConditional.Statistics.Families;

namespace MarginalConditional.Glmm.Tests.Quadrature;

/// <summary>
/// A small nested logistic model with its integrator, and the same integrals by plain loops over fixed nodes of both levels.
/// </summary>
internal sealed class PlainNested
{
    private readonly double[] parameters;
    private readonly QuadratureGrid outerGrid;
    private readonly QuadratureGrid innerGrid;
    private readonly int q;

    public PlainNested(int seed, int effects, bool repeats, int nodes, bool adaptive)
    {
        q = effects;
        Model = new PreparedModel(
            SyntheticFrames.Make(seed, Family.Binomial, [3, 3], size: 3, effects: effects, repeats: repeats),
            new GlmmOptions { Family = Family.Binomial });
        Tree = GroupTreeBuilder.Build(Model.Levels, Model.Data);
        Point = new ParameterPoint(Model.Data.Columns, [.. Model.Levels.Select(level => level.Factor)]);
        parameters = [.. Enumerable.Range(0, Model.Map.ParameterCount).Select(j => 0.5 + (0.3 * Math.Sin(j)))];
        Point.Set(parameters, false, 1);
        (outerGrid, innerGrid) = (new QuadratureGrid(effects, nodes), new QuadratureGrid(1, nodes));
        Integrator = new NestedIntegrator(Tree, Model.Density, Point, Modes(), outerGrid, innerGrid, adaptive);
    }

    public PreparedModel Model { get; }

    public GroupTree Tree { get; }

    public ParameterPoint Point { get; }

    public NestedIntegrator Integrator { get; }

    public double[][] Modes() => [.. Model.Levels.Select((level, l) => new double[Tree.NodeCount(l) * level.Factor.Dimension])];

    public PosteriorModes[] Posterior() =>
        [.. Model.Levels.Select((level, l) => new PosteriorModes(Tree.NodeCount(l), level.Factor.Dimension))];

    /// <summary>Σ_j N_j log of the inner sums at outer effects v.</summary>
    public double InnerLogs(int top, double[] v) =>
        Enumerable.Range(Tree.FirstChild(0, top), Tree.FirstChild(0, top + 1) - Tree.FirstChild(0, top))
            .Sum(node => Tree.Multiplicity(1, node) * Math.Log(Terms(node, v).Sum()));

    /// <summary>ℓ of one group, its derivatives in β, and the means and deviations of b of both levels.</summary>
    public (double Value, double[] Slopes, double[] Means, double[] Deviations, double[] InnerMeans, double[] InnerDeviations) Loops(
        int top)
    {
        var first = Tree.FirstChild(0, top);
        var count = Tree.FirstChild(0, top + 1) - first;
        var p = Model.Data.Columns;
        var total = 0.0;
        var slopes = new double[p];
        var (means, squares) = (new double[q], new double[q]);
        var (innerMeans, innerSquares) = (new double[count], new double[count]);
        for (var k = 0; k < outerGrid.Count; k++)
        {
            double[] v = [.. Enumerable.Range(0, q).Select(d => outerGrid.Coordinates(d)[k])];
            var term = Math.Exp(outerGrid.LogWeights[k] + InnerLogs(top, v));
            total += term;
            for (var a = 0; a < q; a++)
            {
                var b = Enumerable.Range(0, q).Sum(c => Point.Lambda(0)[(a * q) + c] * v[c]);
                means[a] += term * b;
                squares[a] += term * b * b;
            }

            for (var j = 0; j < count; j++)
            {
                var terms = Terms(first + j, v);
                var sum = terms.Sum();
                for (var m = 0; m < terms.Length; m++)
                {
                    var b = Point.Lambda(1)[0] * innerGrid.Coordinates(0)[m];
                    innerMeans[j] += term * terms[m] / sum * b;
                    innerSquares[j] += term * terms[m] / sum * b * b;
                    foreach (var i in Rows(first + j))
                    {
                        var slope = Model.Data.Weight[i]
                            * (Model.Data.Response[i] - (1 / (1 + Math.Exp(-Predictor(i, v, innerGrid.Coordinates(0)[m])))));
                        for (var c = 0; c < p; c++)
                        {
                            slopes[c] += term * Tree.Multiplicity(1, first + j) * terms[m] / sum * slope * Model.Data.Design[(i * p) + c];
                        }
                    }
                }
            }
        }

        Share(slopes, total);
        return (Math.Log(total), slopes, Share(
            means,
            total), Spread(means, squares, total), Share(innerMeans, total), Spread(innerMeans, innerSquares, total));
    }

    private static double[] Share(double[] sums, double total)
    {
        for (var k = 0; k < sums.Length; k++)
        {
            sums[k] /= total;
        }

        return sums;
    }

    private static double[] Spread(double[] means, double[] squares, double total) =>
        [.. means.Select((mean, k) => Math.Sqrt((squares[k] / total) - (mean * mean)))];

    private IEnumerable<int> Rows(int node)
    {
        var pattern = Tree.Pattern(node);
        return Enumerable.Range(
            Model.Data.PatternOffsets[pattern],
            Model.Data.PatternOffsets[pattern + 1] - Model.Data.PatternOffsets[pattern]);
    }

    // w_m times the likelihood of a finer group's rows at each inner node.
    private double[] Terms(int node, double[] v) =>
        [.. Enumerable.Range(0, innerGrid.Count).Select(m => Math.Exp(innerGrid.LogWeights[m] + Rows(node).Sum(i =>
        {
            var eta = Predictor(i, v, innerGrid.Coordinates(0)[m]);
            return Model.Data.Weight[i] * ((Model.Data.Response[i] * eta) - Math.Log(1 + Math.Exp(eta)));
        })))];

    private double Predictor(int i, double[] v, double u)
    {
        var data = Model.Data;
        var eta = data.Offset[i] + Enumerable.Range(0, data.Columns).Sum(j => parameters[j] * data.Design[(i * data.Columns) + j]);
        for (var a = 0; a < q; a++)
        {
            eta += data.CoarseDesign[(i * q) + a] * Enumerable.Range(0, q).Sum(c => Point.Lambda(0)[(a * q) + c] * v[c]);
        }

        return eta + (data.RandomDesign[i] * Point.Lambda(1)[0] * u);
    }
}
