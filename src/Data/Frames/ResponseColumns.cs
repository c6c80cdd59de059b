using System.Numerics.Tensors;
using MarginalConditional.Data.Coding;
using MarginalConditional.Data.Formulas;
using MarginalConditional.Data.Rows;
using MarginalConditional.Data.Tables;
using MarginalConditional.Statistics.LinearAlgebra;

namespace MarginalConditional.Data.Frames;

/// <summary>The response, trials, weights and offset of a frame's rows, each checked.</summary>
internal sealed class ResponseColumns
{
    private readonly FrameTable table;
    private readonly FrameRequest request;
    private readonly List<string> notes = [];
    private double[] exposure = [];

    private ResponseColumns(FrameTable table, FrameRequest request)
    {
        this.table = table;
        this.request = request;
        (Response, Trials) = CreateResponse();
        RequireVariation();
        NumberRange.Require(Response, request.Formula.Response.Text, NumberRange.OfOutcomes, table.Data.Source);
        NumberRange.Require(Trials, "trials", NumberRange.OfOutcomes, table.Data.Source);
        Weights = request.Weights is { } weights ? CreateWeights(weights) : [];
        notes.AddRange(OffsetScale.Notes(table, request, Response));
        Offset = CreateOffset();
    }

    /// <summary>The response; for events out of trials the proportion.</summary>
    internal double[] Response { get; }

    /// <summary>The trials, or empty.</summary>
    internal double[] Trials { get; }

    /// <summary>The categories of an ordered outcome, or empty.</summary>
    internal IReadOnlyList<string> Categories { get; private set; } = [];

    /// <summary>The weights, or empty.</summary>
    internal double[] Weights { get; }

    /// <summary>The offset, or empty.</summary>
    internal double[] Offset { get; }

    /// <summary>The expressions that add up to the offset.</summary>
    internal IReadOnlyList<Expression> OffsetParts { get; private set; } = [];

    /// <summary>What was read otherwise than it may have been meant, one sentence each.</summary>
    internal IReadOnlyList<string> Notes => notes;

    internal static ResponseColumns Create(FrameTable table, FrameRequest request) => new(table, request);

    private (double[] Response, double[] Trials) CreateResponse()
    {
        if (request.HasOrderedOutcome)
        {
            var ordered = OrderedOutcome.Of(table, request);
            Categories = ordered.Categories;
            notes.AddRange(ordered.Notes);
            return (ordered.Codes, []);
        }

        if (request.Event is not null && (request.Trials is not null || request.Formula.Response is not ResponseSpecification.Single))
        {
            throw new InputException($"The outcome {request.Formula.Response.Text} counts events already: --event has no meaning for it.")
            {
                Hint = "Leave --event out.",
            };
        }

        switch (request.Formula.Response)
        {
            case ResponseSpecification.Single single when request.Trials is { } name:
                return Ratio(single.Value, new Expression.Variable(name));
            case ResponseSpecification.Single single:
                return (OutcomeLevels.Indicator(table, request) ?? Values(single.Value), []);
            case { } when request.Trials is { } name:
                throw new InputException($"The trials are given twice: on the left side of the formula and as the column {name}.")
                {
                    Hint = "Give them once.",
                };
            case ResponseSpecification.EventsOfTrials ratio:
                return Ratio(ratio.Events, ratio.Trials);
            case ResponseSpecification.EventsAndNonevents counts when request.Ratio != RatioMeaning.Proportion:
                throw new InputException($"The outcome {counts.Text} counts events and nonevents, which only the binomial family has.")
                {
                    Hint = "Leave out --family, or name one column as the outcome.",
                };
            case ResponseSpecification.EventsAndNonevents counts:
                var events = Values(counts.Events);
                var trials = Values(counts.Nonevents);
                if (FirstInFile(i => trials[i] < 0) is { } negative)
                {
                    throw Problem(
                        negative,
                        $"The number of nonevents is {NumberLabel.Of(trials[negative])}, but has to be 0 or more.",
                        counts.Nonevents.ToString());
                }

                SpanMath.Add(trials, events, trials);
                return Proportion(events, trials, counts.Events.ToString(), counts.Text);
            default:
                throw new ArgumentException("The kind of response is not known.", nameof(request));
        }
    }

    /// <summary>The ratio as the family has it: a proportion, a count with an offset, or a number.</summary>
    private (double[] Response, double[] Trials) Ratio(Expression above, Expression below)
    {
        if (request.Ratio == RatioMeaning.Proportion)
        {
            return Proportion(Values(above), Values(below), above.ToString(), below.ToString());
        }

        var (numerator, denominator) = (Values(above), Values(below));
        if (request.Ratio == RatioMeaning.Quotient)
        {
            if (FirstInFile(i => denominator[i] == 0) is { } zero)
            {
                throw Problem(zero, $"The outcome divides by {below}, which is 0 here.", below.ToString());
            }

            SpanMath.Divide(numerator, denominator, numerator);
            return (numerator, []);
        }

        if (!request.HasLogLink)
        {
            throw new InputException($"A rate, {above} / {below}, needs the log link.")
            {
                Hint = $"Leave out --link, or take {above} as the outcome.",
            };
        }

        if (FirstInFile(i => !(denominator[i] > 0)) is { } none)
        {
            throw Problem(
                none,
                $"The time at risk is {NumberLabel.Of(denominator[none])}, but has to be more than 0.",
                below.ToString(),
                "Make the value missing (NA) to leave the row out.");
        }

        exposure = denominator;
        OffsetParts = [new Expression.Call("log", [below])];
        notes.Add($"{above} / {below} is read as a rate: the count {above} with the offset log({below}).");
        return (numerator, []);
    }

    private (double[] Response, double[] Trials) Proportion(double[] events, double[] trials, string eventsName, string trialsName)
    {
        if (FirstInFile(i => !(trials[i] > 0)) is { } none)
        {
            throw Problem(
                none,
                $"The number of trials is {NumberLabel.Of(trials[none])}, but has to be more than 0.",
                trialsName,
                "Make the value missing (NA) to leave the row out.");
        }

        if (FirstInFile(i => !(events[i] >= 0 && events[i] <= trials[i])) is { } wrong)
        {
            throw Problem(wrong, $"There are {NumberLabel.Of(events[wrong])} events out of {NumberLabel.Of(trials[wrong])} trials, but "
                + $"events lie between 0 and the number of trials.", eventsName);
        }

        SpanMath.Divide(events, trials, events);
        return (events, trials.AsSpan().ContainsAnyExcept(1.0) ? trials : []);
    }

    private void RequireVariation()
    {
        if (!Response.AsSpan(1).ContainsAnyExcept(Response[0]))
        {
            throw new InputException(Response.Length == 1
                ? "Only one row can be used: nothing can be estimated from it."
                : $"The outcome {request.Formula.Response.Text} is {Constant()} in every row used: there is nothing to explain.")
            {
                File = table.Data.Source,
                Hint = "Check the outcome's coding, and which rows are complete.",
            };
        }
    }

    private string Constant() => Categories.Count > 0 ? Categories[0] : NumberLabel.Of(Response[0]);

    private double[] CreateWeights(string name)
    {
        var weights = Values(name);
        if (FirstInFile(i => weights[i] < 0) is { } negative)
        {
            throw Problem(negative, $"The weight is {NumberLabel.Of(weights[negative])}, but weights are 0 or more.", name);
        }

        var counted = exposure.Length > 0 ? exposure : Trials;
        if (request.Formula.Response is not ResponseSpecification.EventsAndNonevents
            && counted.Length > 0 && counted.AsSpan().SequenceEqual(weights))
        {
            notes.Add(exposure.Length > 0
                ? $"The weights {name} are the times at risk of the rate, as R has them; they are counted once."
                : $"The weights {name} are the trials of the proportion, as R has them; they are counted once.");
            return [];
        }

        NumberRange.Require(weights, name, NumberRange.OfOutcomes, table.Data.Source);
        return weights.AsSpan().ContainsAnyExcept(0.0)
            ? weights
            : throw new InputException($"The weight {name} is 0 in every row used.") { File = table.Data.Source };
    }

    private double[] CreateOffset()
    {
        var parts = request.Formula.Offsets
            .Concat(request.OffsetExpression is { } own ? [own] : Array.Empty<Expression>())
            .ToArray();
        OffsetParts = [.. OffsetParts, .. parts];
        if (parts.Length == 0 && exposure.Length == 0)
        {
            return [];
        }

        var sum = new double[table.Rows];
        TensorPrimitives.Log(exposure, sum);
        foreach (var part in parts)
        {
            var values = Values(part);
            SpanMath.Add(sum, values, sum);
            NumberRange.Require(values, part.ToString(), NumberRange.OfOutcomes, table.Data.Source);
        }

        return sum;
    }

    private double[] Values(string name) => Values(new Expression.Variable(name));

    private double[] Values(Expression expression)
    {
        var values = new double[table.Rows];
        ExpressionEvaluator.Evaluate(expression, table, values);
        return values;
    }

    /// <summary>The frame's row that comes first in the file among those that are wrong.</summary>
    private int? FirstInFile(Func<int, bool> isWrong)
    {
        int? first = null;
        for (var i = 0; i < table.Rows; i++)
        {
            if (isWrong(i) && (first is not { } best || table.RowOrder[i] < table.RowOrder[best]))
            {
                first = i;
            }
        }

        return first;
    }

    private InputException Problem(int row, string message, string column, string? hint = null) => new(message)
    {
        File = table.Data.Source,
        Line = table.Data.LineOf(table.RowOrder[row]),
        Row = table.Data.RowOf(table.RowOrder[row]),
        Column = column,
        Hint = hint,
    };
}
