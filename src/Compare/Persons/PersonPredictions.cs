using MarginalConditional.Compare.Comparison;
using MarginalConditional.Compare.Estimands;
using MarginalConditional.Data.Coding;
using MarginalConditional.Data.Frames;
using MarginalConditional.Statistics.Families;
using MarginalConditional.Statistics.LinearAlgebra;

namespace MarginalConditional.Compare.Persons;

/// <summary>What a model says of every row under every arm, and how the arms compare in each row.</summary>
internal sealed class PersonPredictions
{
    private readonly DesignMatrix[] designs;
    private readonly double[] offset;
    private readonly Link link;
    private readonly IReadOnlyList<EffectMeasure> measures;
    private readonly bool[] own;
    private readonly bool[] defined;

    /// <summary>Keeps the designs.</summary>
    /// <param name="designs">The frame's rows under each arm, the reference first.</param>
    /// <param name="offset">n values, or empty.</param>
    /// <param name="link">g.</param>
    /// <param name="family">The family, which names the measure that the link belongs to.</param>
    /// <param name="measures">The measures wanted.</param>
    public PersonPredictions(
        DesignMatrix[] designs, ReadOnlySpan<double> offset, Link link, Family family, IReadOnlyList<EffectMeasure> measures)
    {
        this.designs = designs;
        this.offset = offset.ToArray();
        this.link = link;
        this.measures = measures;
        own = [.. measures.Select(measure => measure == ScaleNames.Own(family, link))];
        defined = new bool[measures.Count];
        Array.Fill(defined, true);
    }

    private PersonPredictions(PersonPredictions other, bool[] defined)
    {
        (designs, offset, link, measures, own) = (other.designs, other.offset, other.link, other.measures, other.own);
        this.defined = defined;
    }

    /// <summary>The number of rows.</summary>
    public int Rows => designs[0].Rows;

    /// <summary>The number of arms.</summary>
    public int Arms => designs.Length;

    /// <summary>p.</summary>
    public int Columns => designs[0].Columns;

    /// <summary>The measures.</summary>
    public IReadOnlyList<EffectMeasure> Measures => measures;

    /// <summary>The design under one arm.</summary>
    public DesignMatrix Design(int arm) => designs[arm];

    /// <summary>Whether the measure is the link's own.</summary>
    public bool IsOwn(int measure) => own[measure];

    /// <summary>
    /// Whether every row has a contrast of its own by the measure: one whose mean leaves the measure's domain, such as a ratio of means
    /// below 0, has none, and the rows' own contrasts then stand as 0.
    /// </summary>
    public bool HasRows(int measure) => defined[measure];

    /// <summary>The same with the measures marked that not all rows have at some coefficients.</summary>
    /// <param name="beta">β, p values.</param>
    public PersonPredictions MarkedAt(ReadOnlySpan<double> beta)
    {
        var (eta, mean) = (new double[Arms * Rows], new double[Arms * Rows]);
        All(beta, eta, mean);
        var known = new bool[measures.Count];
        for (var k = 0; k < known.Length; k++)
        {
            known[k] = true;
            for (var at = Rows; at < eta.Length && known[k]; at++)
            {
                var row = at % Rows;
                known[k] = double.IsFinite(Contrast(k, (eta[row], mean[row]), (eta[at], mean[at])));
            }
        }

        return new PersonPredictions(this, known);
    }

    /// <summary>η and μ of every row under every arm.</summary>
    /// <param name="beta">β, p values.</param>
    /// <param name="predictors">Receives arms × rows, arm by arm.</param>
    /// <param name="means">Receives arms × rows, arm by arm.</param>
    public void All(ReadOnlySpan<double> beta, Span<double> predictors, Span<double> means)
    {
        for (var a = 0; a < Arms; a++)
        {
            var eta = predictors.Slice(a * Rows, Rows);
            LinearPredictor.Of(designs[a], offset, beta, eta);
            link.Mean(eta, means.Slice(a * Rows, Rows));
        }
    }

    /// <summary>η and μ of one row under every arm.</summary>
    /// <param name="row">The row.</param>
    /// <param name="beta">β, p values.</param>
    /// <param name="predictors">Receives a value an arm.</param>
    /// <param name="means">Receives a value an arm.</param>
    public void One(int row, ReadOnlySpan<double> beta, Span<double> predictors, Span<double> means)
    {
        for (var a = 0; a < Arms; a++)
        {
            var eta = offset.Length == 0 ? 0 : offset[row];
            for (var j = 0; j < beta.Length; j++)
            {
                eta += designs[a].Column(j)[row] * beta[j];
            }

            predictors[a] = eta;
            means[a] = link.Mean(eta);
        }
    }

    /// <summary>dμ/dη of every row under one arm, from its η.</summary>
    public void Slopes(ReadOnlySpan<double> predictors, Span<double> slopes)
    {
        for (var row = 0; row < predictors.Length; row++)
        {
            slopes[row] = link.Derivative(predictors[row]);
        }
    }

    /// <summary>A row's own contrast of an arm with the reference.</summary>
    /// <param name="measure">The measure's place.</param>
    /// <param name="control">η and μ under the reference.</param>
    /// <param name="treated">η and μ under the arm.</param>
    public double Contrast(int measure, (double Predictor, double Mean) control, (double Predictor, double Mean) treated) =>
        !defined[measure] ? 0
        : own[measure] ? treated.Predictor - control.Predictor
        : measures[measure].Value(control.Mean, treated.Mean);

    /// <summary>What the row's contrast gains from the two linear predictors.</summary>
    /// <param name="measure">The measure's place.</param>
    /// <param name="control">μ and dμ/dη under the reference.</param>
    /// <param name="treated">μ and dμ/dη under the arm.</param>
    public (double Control, double Treated) ContrastSlopes(
        int measure, (double Mean, double Slope) control, (double Mean, double Slope) treated)
    {
        if (own[measure] || !defined[measure])
        {
            return defined[measure] ? (-1, 1) : (0, 0);
        }

        var slopes = measures[measure].Slopes(control.Mean, treated.Mean);
        return (slopes.Control * control.Slope, slopes.Treated * treated.Slope);
    }

    /// <summary>Whether an arm moves the linear predictor of every row alike, so that the link's own measure is one number.</summary>
    /// <param name="arm">The arm.</param>
    /// <param name="same">The relative difference that is none.</param>
    public bool MovesAllAlike(int arm, double same) => Enumerable.Range(0, Columns).All(j =>
    {
        var difference = new double[Rows];
        SpanMath.Subtract(designs[arm].Column(j), designs[0].Column(j), difference);
        return IsConstant(difference, same);
    });

    /// <summary>Whether all rows are alike under the reference: the model has no covariates.</summary>
    /// <param name="same">The relative difference that is none.</param>
    public bool HasNoCovariates(double same) =>
        IsConstant(offset, same) && Enumerable.Range(0, Columns).All(j => IsConstant(designs[0].Column(j), same));

    private static bool IsConstant(ReadOnlySpan<double> values, double same)
    {
        if (values.IsEmpty)
        {
            return true;
        }

        var largest = Math.Max(1, SpanMath.MaxMagnitude(values));
        return SpanMath.Max(values) - SpanMath.Min(values) <= same * largest;
    }
}
