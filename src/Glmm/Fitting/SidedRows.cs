using MarginalConditional.Statistics.Families;
using MarginalConditional.Statistics.Separation;

namespace MarginalConditional.Glmm.Fitting;

/// <summary>
/// Rows of the families whose likelihood may tend to its highest value at an infinite predictor, binomial, Poisson and negative binomial
/// ones, with the side on which each does. Likelihoods are 1 at their highest.
/// </summary>
internal sealed class SidedRows
{
    /// <summary>The largest weight whose powers are products of squares.</summary>
    private const double MostSquared = 1_000;

    private readonly Family family;
    private readonly Link link;
    private readonly double[] response;
    private readonly double[] weights;
    private readonly double theta;
    private readonly RowSide[] sides;

    private SidedRows(SidedRows other, RowSide[] sides)
        : this(other.family, other.link, other.response, other.weights, other.theta, sides)
    {
    }

    private SidedRows(Family family, Link link, double[] response, double[] weights, double theta, RowSide[] sides) =>
        (this.family, this.link, this.response, this.weights, this.theta, this.sides) = (family, link, response, weights, theta, sides);

    /// <summary>The number of rows.</summary>
    public int Count => sides.Length;

    /// <summary>The rows of a model.</summary>
    /// <param name="model">The model.</param>
    /// <param name="scaled">Its parameters in scaled units, with log φ at the end where it is free.</param>
    public static SidedRows Of(PreparedModel model, ReadOnlySpan<double> scaled)
    {
        var (frame, options) = (model.Frame, model.Options);
        double[] weights = [.. Enumerable.Range(0, frame.Rows).Select(frame.WeightTimesTrials)];
        var sides = RowSides.Of(options.Family, options.EffectiveLink, frame.Response, weights);
        var dispersion = model.Density.HasFreeDispersion ? Math.Exp(scaled[^1]) : model.FixedDispersion;
        return new SidedRows(options.Family, options.EffectiveLink, frame.Response.ToArray(), weights, 1 / dispersion, sides);
    }

    /// <summary>Whether the row counts.</summary>
    public bool Counts(int row) => sides[row] != RowSide.LeftOut;

    /// <summary>1 when the likelihood rises with the predictor for ever, −1 when it falls, 0 when neither.</summary>
    public int Sign(int row) => sides[row] switch
    {
        RowSide.Above => 1,
        RowSide.Below => -1,
        _ => 0,
    };

    /// <summary>Whether every row is on a side, and some group has two rows or trials.</summary>
    /// <param name="groups">The group of each row.</param>
    public (bool AllSided, bool Several) Look(ReadOnlySpan<int> groups)
    {
        var (all, several) = (true, false);
        for (var row = 0; row < sides.Length; row++)
        {
            all &= sides[row] != RowSide.Inside;
            several |= weights[row] > 1 || (row > 0 && groups[row] == groups[row - 1]);
        }

        return (all, several);
    }

    /// <summary>The same rows without some.</summary>
    /// <param name="row">Whether a row is to be left out.</param>
    public SidedRows Without(Func<int, bool> row) =>
        new(this, [.. sides.Select((side, i) => row(i) ? RowSide.LeftOut : side)]);

    /// <summary>The likelihood of rows at their predictors.</summary>
    /// <param name="first">The first of the rows.</param>
    /// <param name="end">The row after the last.</param>
    /// <param name="predictor">Of all rows.</param>
    /// <param name="least">Below this another number below it will do.</param>
    public double Likelihood(int first, int end, double[] predictor, double least = 0)
    {
        var product = 1.0;
        for (var row = first; row < end && product > least; row++)
        {
            if (family == Family.Binomial && Sign(row) != 0)
            {
                var mean = link.Mean(predictor[row]);
                product *= Power(sides[row] == RowSide.Above ? mean : 1 - mean, weights[row]);
            }
            else if (Counts(row))
            {
                product *= Math.Exp(LogLikelihood(row, predictor[row]));
            }
        }

        return product;
    }

    /// <summary>The log-likelihood of a row, 0 at its highest.</summary>
    public double LogLikelihood(int row, double predictor)
    {
        if (!Counts(row))
        {
            return 0;
        }

        var (y, mean) = (response[row], link.Mean(predictor));
        return weights[row] * (family == Family.Binomial ? Times(y, mean, y) + Times(1 - y, 1 - mean, 1 - y)
            : family == Family.Poisson ? Times(y, mean, y) - mean + y
            : Times(y, mean, y) - Times(y + theta, mean + theta, y + theta));

        static double Times(double factor, double value, double highest) => factor == 0 ? 0 : factor * Math.Log(value / highest);
    }

    /// <summary>A power; of whole weights, as frequencies are, by squares.</summary>
    private static double Power(double value, double weight)
    {
        if (weight > MostSquared || weight != (int)weight)
        {
            return Math.Pow(value, weight);
        }

        var product = 1.0;
        for (var left = (int)weight; left > 0; left >>= 1)
        {
            product = (left & 1) == 0 ? product : product * value;
            value *= value;
        }

        return product;
    }
}
