using MarginalConditional.Means.Grids;
using MarginalConditional.Means.Models;
using MarginalConditional.Statistics.Inference;
using MarginalConditional.Statistics.LinearAlgebra;

namespace MarginalConditional.Means.Estimates;

/// <summary>The rows of a grid as functions of the parameters, on the scale asked for, and their tests.</summary>
internal sealed class MeanValues
{
    /// <summary>How far the predictor moves for the slope of a response: the error is of its fourth power.</summary>
    private const double PredictorStep = 0.005;

    private readonly FittedModel model;
    private readonly MeanGrid grid;
    private readonly MeansRequest request;
    private readonly bool averagesResponses;
    private readonly CategoryValues? categories;

    public MeanValues(FittedModel model, MeanGrid grid, MeansRequest request)
    {
        this.model = model;
        this.grid = grid;
        this.request = request;
        averagesResponses = request.Scale != MeanScale.Link && (model.IsOrdinal || (request.AveragesResponses ?? model.Integrates));
        categories = averagesResponses && model.IsOrdinal ? new CategoryValues(model, request) : null;
    }

    /// <summary>Whether comparisons are of responses, rather than of predictors.</summary>
    public bool ComparesResponses => averagesResponses;

    /// <summary>What comparisons of means are made of.</summary>
    public MeanValue Compared(MeanRow row) => averagesResponses ? AveragedResponse(row) : OnLink(row);

    /// <summary>The estimate of a mean as it is shown.</summary>
    public Coefficient Shown(MeanRow row)
    {
        if (request.Scale == MeanScale.Link || averagesResponses)
        {
            var tested = Test(row.Name, Compared(row));
            return categories?.Bounded(tested, request.Level) ?? tested;
        }

        if (row.Weights.Count == 0 || grid.Kept(grid.Full(row)) is null || Center(row) is not { } center || !model.IsFinite)
        {
            return Coefficient.NotEstimable(row.Name);
        }

        // Limits and test stand on the link's scale, where the mean's error is divided by the slope there.
        var slope = new double[model.ParameterCount];
        var mean = Evaluate(center, row.Part, slope);
        var error = Math.Sqrt(Dense.QuadraticForm(model.JointCovariance, slope));
        var predictor = !model.HasExcessZeros && (request.Scale == MeanScale.Median || !model.Integrates)
            ? model.Predictor(center)
            : model.Link.Predictor(mean);
        var derivative = Math.Abs(model.Link.Derivative(predictor));
        var own = Coefficient.Wald(
            row.Name, predictor, error / derivative, model.DegreesOfFreedomOf(slope), request.Level);
        var (one, other) = (model.Link.Mean(own.Lower), model.Link.Mean(own.Upper));
        return own with { Estimate = mean, StandardError = error, Lower = Math.Min(one, other), Upper = Math.Max(one, other) };
    }

    /// <summary>The slope of a row in a covariate.</summary>
    public MeanValue SlopeOf(MeanRow row, string variable)
    {
        if (request.Scale == MeanScale.Link)
        {
            return row.Weights.Count == 0 ? MeanValue.Nothing : new MeanValue(grid.FullSlope(row, variable), 0, []);
        }

        if (row.Weights.Count == 0 || !model.IsFinite || grid.Points(row) is not { } points
            || grid.Directions(row, variable) is not { } directions)
        {
            return MeanValue.Nothing;
        }

        if (averagesResponses)
        {
            return MeanValue.Combine(
                [.. points.Select((point, i) => ResponseSlope(point.Point, directions[i], row.Part))],
                [.. points.Select(point => point.Weight)]);
        }

        double[] weights = [.. points.Select(point => point.Weight)];
        return ResponseSlope(Averaged([.. points.Select(point => point.Point)], weights), Averaged(directions, weights), row.Part);
    }

    /// <summary>Estimate, standard error, test and interval.</summary>
    public Coefficient Test(string label, MeanValue value)
    {
        if (value.Full is { } full)
        {
            if (grid.Kept(full) is not { } kept)
            {
                return Coefficient.NotEstimable(label);
            }

            var own = new Contrast(label, kept).Test(model.Coefficients, model.Covariance, model.DegreesOfFreedom(kept), request.Level);
            return value.Value == 0 ? own
                : Coefficient.Wald(label, own.Estimate + value.Value, own.StandardError, own.DegreesOfFreedom, request.Level);
        }

        return double.IsNaN(value.Value)
            ? Coefficient.NotEstimable(label)
            : Coefficient.Wald(
                label,
                value.Value,
                Math.Sqrt(Dense.QuadraticForm(model.JointCovariance, value.Slope)),
                model.DegreesOfFreedomOf(value.Slope),
                request.Level);
    }

    /// <summary>The derivatives in ψ of what can be estimated.</summary>
    public double[] Gradient(MeanValue value)
    {
        if (value.Full is null)
        {
            return value.Slope;
        }

        var gradient = new double[model.ParameterCount];
        grid.Kept(value.Full)!.CopyTo(gradient, 0);
        return gradient;
    }

    private MeanValue OnLink(MeanRow row) =>
        row.Weights.Count == 0 ? MeanValue.Nothing : new MeanValue(grid.Full(row), grid.Offset, []);

    private MeanValue AveragedResponse(MeanRow row)
    {
        if (row.Weights.Count == 0 || !model.IsFinite || grid.Points(row) is not { } points)
        {
            return MeanValue.Nothing;
        }

        var (mean, sum, slope) = (0.0, new double[model.ParameterCount], new double[model.ParameterCount]);
        foreach (var (point, weight) in points)
        {
            mean += weight * Evaluate(point, row.Part, slope);
            Dense.AddScaled(weight, slope, sum);
        }

        return new MeanValue(null, mean, sum);
    }

    private double Evaluate(MeanPoint point, int part, Span<double> slope) =>
        categories?.Of(point, part, slope)
        ?? (request.Scale == MeanScale.Median ? model.Typical(point, slope) : model.Response(point, slope));

    /// <summary>The average of a row's points; null when it cannot be estimated.</summary>
    private MeanPoint? Center(MeanRow row)
    {
        if (grid.Kept(grid.Full(row)) is not { } kept || grid.Zeros(row) is not { } zeros)
        {
            return null;
        }

        return new MeanPoint(kept, grid.Offset, [.. Enumerable.Range(0, model.Frame.RandomTerms.Count)
            .Select(term => row.Average([.. Enumerable.Range(0, grid.Grid.Cells).Select(cell => grid.Grid.RandomRow(term, cell))]))])
        {
            Inflation = zeros,
        };
    }

    private static MeanPoint Averaged(IReadOnlyList<MeanPoint> points, double[] weights)
    {
        var first = points[0];
        var sum = new MeanPoint(new double[first.Row.Length], first.Offset, [.. first.Effects.Select(z => new double[z.Length])])
        {
            Inflation = new double[first.Inflation.Length],
        };
        for (var i = 0; i < weights.Length; i++)
        {
            sum = sum.Along(points[i], weights[i]);
        }

        return sum;
    }

    /// <summary>The derivative of the response along a direction, with its derivatives in ψ, by differences of fourth order.</summary>
    private MeanValue ResponseSlope(MeanPoint point, MeanPoint direction, int part)
    {
        var error = Math.Sqrt(Dense.QuadraticForm(model.Covariance, direction.Row));
        var size = Math.Abs(Dense.Dot(direction.Row, model.Coefficients))
            + direction.Effects.SelectMany(z => z).Concat(direction.Inflation).Sum(Math.Abs)
            + (double.IsFinite(error) ? error : 0);
        var step = PredictorStep / Math.Max(size, 1e-12);
        var (value, sum, slope) = (0.0, new double[model.ParameterCount], new double[model.ParameterCount]);
        foreach (var (place, weight) in new[] { (1, 8.0), (-1, -8.0), (2, -1.0), (-2, 1.0) })
        {
            value += weight / (12 * step) * Evaluate(point.Along(direction, place * step), part, slope);
            Dense.AddScaled(weight / (12 * step), slope, sum);
        }

        return new MeanValue(null, value, sum);
    }
}
