"""What people type about services, checked."""

from cx280.services.forms.providers import (
    CycleForm,
    EndForm,
    FileForm,
    HispForm,
    HispListForm,
    WorksheetForm,
)
from cx280.services.forms.services import (
    PART_FORMS,
    ChannelForm,
    CustomerForm,
    PartnerForm,
    ReasonForm,
    RetireChannelForm,
    RetireForm,
    ReviewForm,
    RoleForm,
    ServiceForm,
    ToolForm,
    VolumeForm,
    long_text,
    type_choices,
)

__all__ = [
    "PART_FORMS",
    "ChannelForm",
    "CustomerForm",
    "CycleForm",
    "EndForm",
    "FileForm",
    "HispForm",
    "HispListForm",
    "PartnerForm",
    "ReasonForm",
    "RetireChannelForm",
    "RetireForm",
    "ReviewForm",
    "RoleForm",
    "ServiceForm",
    "ToolForm",
    "VolumeForm",
    "WorksheetForm",
    "long_text",
    "type_choices",
]
