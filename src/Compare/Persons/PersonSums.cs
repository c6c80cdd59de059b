using MarginalConditional.Statistics.LinearAlgebra;


namespace MarginalConditional.Compare.Persons;

/// <summary>The sums over persons that estimates are functions of, at any coefficients, with their derivatives.</summary>
internal sealed class PersonSums
{
    private readonly PersonRows persons;
    private readonly PersonPredictions predictions;
    private readonly PersonFunctional functional;
    private readonly int[] stratum;
    private readonly int arms;

    /// <summary>Joins what the sums are made of.</summary>
    /// <param name="persons">The persons.</param>
    /// <param name="predictions">What a model says of them.</param>
    /// <param name="functional">How the sums are laid out.</param>
    /// <param name="byStratum">Whether they are taken stratum by stratum.</param>
    public PersonSums(PersonRows persons, PersonPredictions predictions, PersonFunctional functional, bool byStratum)
    {
        this.persons = persons;
        this.predictions = predictions;
        this.functional = functional;
        stratum = byStratum ? persons.Stratum : new int[persons.Stratum.Length];
        arms = functional.Arms;
    }

    /// <summary>The persons.</summary>
    public PersonRows Persons => persons;

    /// <summary>What a model says of them.</summary>
    public PersonPredictions Predictions => predictions;

    /// <summary>How the sums are laid out.</summary>
    public PersonFunctional Functional => functional;

    /// <summary>The stratum whose mean residual a row gets.</summary>
    public int StratumOf(int row) => stratum[row];

    /// <summary>Σ sᵢ over all persons.</summary>
    /// <param name="beta">β, p values.</param>
    /// <param name="scratch">At least 2 × arms × rows values.</param>
    /// <param name="sums">Receives the sums.</param>
    public void Total(ReadOnlySpan<double> beta, Span<double> scratch, Span<double> sums)
    {
        var rows = predictions.Rows;
        var eta = scratch[..(arms * rows)];
        var mean = scratch.Slice(arms * rows, arms * rows);
        predictions.All(beta, eta, mean);
        sums.Clear();
        for (var row = 0; row < rows; row++)
        {
            var (z, b, w) = (stratum[row], persons.Arm[row], persons.RowWeight[row]);
            sums[functional.Weight(z)] += w;
            sums[functional.Received(z, b)] += w;
            sums[functional.Observed(z, b)] += persons.RowSum[row];
            sums[functional.Residual(z, b)] += persons.RowSum[row] - (w * mean[(b * rows) + row]);
            for (var a = 0; a < arms; a++)
            {
                sums[functional.Predicted(z, a)] += w * mean[(a * rows) + row];
            }

            for (var k = 0; k < functional.Measures; k++)
            {
                for (var a = 1; a < arms; a++)
                {
                    sums[functional.Contrasts(k, a)] += w * predictions.Contrast(
                        k, (eta[row], mean[row]), (eta[(a * rows) + row], mean[(a * rows) + row]));
                }
            }
        }
    }

    /// <summary>sᵢ of one person.</summary>
    /// <param name="person">The person.</param>
    /// <param name="beta">β, p values.</param>
    /// <param name="scratch">At least 2 × arms values.</param>
    /// <param name="sums">Receives the summands.</param>
    public void One(int person, ReadOnlySpan<double> beta, Span<double> scratch, Span<double> sums)
    {
        var eta = scratch[..arms];
        var mean = scratch.Slice(arms, arms);
        var row = persons.Row[person];
        predictions.One(row, beta, eta, mean);
        sums.Clear();
        var (z, b, w, y) = (stratum[row], persons.Arm[row], persons.Weight[person], persons.Response[person]);
        sums[functional.Weight(z)] = w;
        sums[functional.Received(z, b)] = w;
        sums[functional.Observed(z, b)] = w * y;
        sums[functional.Residual(z, b)] = w * (y - mean[b]);
        for (var a = 0; a < arms; a++)
        {
            sums[functional.Predicted(z, a)] = w * mean[a];
        }

        for (var k = 0; k < functional.Measures; k++)
        {
            for (var a = 1; a < arms; a++)
            {
                sums[functional.Contrasts(k, a)] = w * predictions.Contrast(k, (eta[0], mean[0]), (eta[a], mean[a]));
            }
        }
    }

    /// <summary>The derivatives of Σ sᵢ in β, sums × p, row-major.</summary>
    /// <param name="beta">β, p values.</param>
    public double[] Slopes(ReadOnlySpan<double> beta)
    {
        var (rows, p) = (predictions.Rows, predictions.Columns);
        var (eta, mean, slope) = (new double[arms * rows], new double[arms * rows], new double[arms * rows]);
        predictions.All(beta, eta, mean);
        predictions.Slopes(eta, slope);
        var result = new double[functional.Sums * p];
        var (weights, product) = (new double[rows], new double[rows]);
        for (var a = 0; a < arms; a++)
        {
            SpanMath.Multiply(persons.RowWeight, slope.AsSpan(a * rows, rows), weights);
            for (var j = 0; j < p; j++)
            {
                SpanMath.Multiply(weights, predictions.Design(a).Column(j), product);
                for (var row = 0; row < rows; row++)
                {
                    result[(functional.Predicted(stratum[row], a) * p) + j] += product[row];
                    if (persons.Arm[row] == a)
                    {
                        result[(functional.Residual(stratum[row], a) * p) + j] -= product[row];
                    }
                }
            }
        }

        for (var k = 0; k < functional.Measures; k++)
        {
            for (var a = 1; a < arms; a++)
            {
                ContrastSlopes(k, a, mean, slope, result.AsSpan(functional.Contrasts(k, a) * p, p));
            }
        }

        return result;
    }

    private void ContrastSlopes(int measure, int arm, double[] mean, double[] slope, Span<double> destination)
    {
        var rows = predictions.Rows;
        var (control, treated) = (new double[rows], new double[rows]);
        for (var row = 0; row < rows; row++)
        {
            var at = (arm * rows) + row;
            var slopes = predictions.ContrastSlopes(measure, (mean[row], slope[row]), (mean[at], slope[at]));
            control[row] = persons.RowWeight[row] * slopes.Control;
            treated[row] = persons.RowWeight[row] * slopes.Treated;
        }

        for (var j = 0; j < destination.Length; j++)
        {
            destination[j] = SpanMath.Dot(control, predictions.Design(0).Column(j))
                + SpanMath.Dot(treated, predictions.Design(arm).Column(j));
        }
    }
}
