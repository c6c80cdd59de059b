using MarginalConditional.Data.Coding;
using MarginalConditional.Data.Formulas;
using MarginalConditional.Data.Tables;

namespace MarginalConditional.Data.Frames;

/// <summary>The response, trials, weights and offset of a frame's rows, each checked.</summary>
internal sealed class ResponseColumns
{
    private readonly FrameTable table;
    private readonly FrameRequest request;

    private ResponseColumns(FrameTable table, FrameRequest request)
    {
        this.table = table;
        this.request = request;
        (Response, Trials) = CreateResponse();
        RequireVariation();
        Weights = request.Weights is { } weights ? CreateWeights(weights) : [];
        Offset = CreateOffset();
    }

    /// <summary>The response; for events out of trials the proportion.</summary>
    internal double[] Response { get; }

    /// <summary>The trials, or empty.</summary>
    internal double[] Trials { get; }

    /// <summary>The weights, or empty.</summary>
    internal double[] Weights { get; }

    /// <summary>The offset, or empty.</summary>
    internal double[] Offset { get; }

    internal static ResponseColumns Create(FrameTable table, FrameRequest request) => new(table, request);

    private (double[] Response, double[] Trials) CreateResponse()
    {
        switch (request.Formula.Response)
        {
            case ResponseSpecification.Single single when request.Trials is { } name:
                return Proportion(Values(single.Value), Values(name), single.Text, name);
            case ResponseSpecification.Single single:
                return (Values(single.Value), []);
            case { } when request.Trials is { } name:
                throw new InputException($"the trials are given twice: on the left side of the formula and as the column {name}.") { Hint = "Give them once." };
            case ResponseSpecification.EventsOfTrials ratio:
                return Proportion(Values(ratio.Events), Values(ratio.Trials), ratio.Events.ToString(), ratio.Trials.ToString());
            case ResponseSpecification.EventsAndNonevents counts:
                var events = Values(counts.Events);
                var trials = Values(counts.Nonevents);
                for (var i = 0; i < trials.Length; i++)
                {
                    if (trials[i] < 0)
                    {
                        throw Problem(i, $"{counts.Nonevents} is {Labels.Of(trials[i])}, but a number of nonevents is 0 or more.", counts.Nonevents.ToString());
                    }

                    trials[i] += events[i];
                }

                return Proportion(events, trials, counts.Events.ToString(), counts.Text);
            default:
                throw new ArgumentException("The kind of response is not known.", nameof(request));
        }
    }

    private (double[] Response, double[] Trials) Proportion(double[] events, double[] trials, string eventsName, string trialsName)
    {
        var allOne = true;
        for (var i = 0; i < events.Length; i++)
        {
            if (!(trials[i] > 0))
            {
                throw Problem(i, $"{trialsName} is {Labels.Of(trials[i])}, but a number of trials is more than 0.", trialsName, "Make the value missing (NA) to leave the row out.");
            }

            if (!(events[i] >= 0 && events[i] <= trials[i]))
            {
                throw Problem(i, $"{eventsName} is {Labels.Of(events[i])} out of {Labels.Of(trials[i])}, but events lie between 0 and the number of trials.", eventsName);
            }

            allOne &= trials[i] == 1;
            events[i] /= trials[i];
        }

        return (events, allOne ? [] : trials);
    }

    private void RequireVariation()
    {
        if (!Response.AsSpan(1).ContainsAnyExcept(Response[0]))
        {
            throw new InputException(Response.Length == 1
                ? "only one row can be used: nothing can be estimated from it."
                : $"the outcome {request.Formula.Response.Text} is {Labels.Of(Response[0])} in every row used: there is nothing to explain.")
            {
                File = table.Data.Source,
                Hint = "Check the outcome's coding, and which rows are complete.",
            };
        }
    }

    private double[] CreateWeights(string name)
    {
        var weights = Values(name);
        for (var i = 0; i < weights.Length; i++)
        {
            if (weights[i] < 0)
            {
                throw Problem(i, $"the weight is {Labels.Of(weights[i])}, but weights are 0 or more.", name);
            }
        }

        return weights.AsSpan().ContainsAnyExcept(0.0) ? weights : throw new InputException($"the weight {name} is 0 in every row used.") { File = table.Data.Source };
    }

    private double[] CreateOffset()
    {
        var parts = request.Formula.Offsets.Concat(request.Offset is { } name ? [new Expression.Variable(name)] : Array.Empty<Expression>()).ToArray();
        if (parts.Length == 0)
        {
            return [];
        }

        var sum = Values(parts[0]);
        foreach (var part in parts.Skip(1))
        {
            var values = Values(part);
            for (var i = 0; i < sum.Length; i++)
            {
                sum[i] += values[i];
            }
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

    private InputException Problem(int row, string message, string column, string? hint = null) => new(message)
    {
        File = table.Data.Source,
        Line = table.Data.LineOf(table.RowOrder[row]),
        Column = column,
        Hint = hint,
    };
}
