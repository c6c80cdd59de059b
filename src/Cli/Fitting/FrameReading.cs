using MarginalConditional.Cli.Options;
using MarginalConditional.Data;
using MarginalConditional.Data.Formulas;
using MarginalConditional.Data.Frames;
using MarginalConditional.Data.Tables;

namespace MarginalConditional.Cli.Fitting;

/// <summary>From a command line to a model frame.</summary>
internal static class FrameReading
{
    /// <summary>
    /// Reads the columns that the request names, builds the frame, and checks that the family can have produced the outcome.
    /// </summary>
    /// <param name="arguments">The common arguments.</param>
    /// <param name="request">The request of <paramref name="arguments"/>,
    /// with what the command adds: cluster, wave, further columns.</param>
    /// <exception cref="InputException">The file, a column or a value cannot be used.</exception>
    public static ModelFrame Build(FitArguments arguments, FrameRequest request)
    {
        var data = Read(arguments.Data, request);
        var frame = ModelFrameBuilder.Build(data, request);
        if (!request.HasOrderedOutcome)
        {
            OutcomeCheck.Require(frame, data, request.Formula.Response, arguments.Family);
        }

        OffsetCheck.Require(frame, data, arguments.Link);
        return frame;
    }

    /// <summary>Reads the columns that the request names.</summary>
    public static Dataset Read(DataArguments data, FrameRequest request) =>
        data.Read(data.Reading with { Columns = request.Columns, Factors = request.Factors });
}
